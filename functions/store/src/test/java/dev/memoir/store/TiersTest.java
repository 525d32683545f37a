package dev.memoir.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.memoir.testkit.TestStore;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Lifecycle rules as Amazon S3 documents them (GetBucketLifecycleConfiguration); Amazon itself was not asked. */
class TiersTest {
    private static final String NONE = """
            <?xml version="1.0" encoding="UTF-8"?>
            <Error><Code>NoSuchLifecycleConfiguration</Code>\
            <Message>The lifecycle configuration does not exist</Message></Error>""";
    private static final String SOMEBODY_ELSES = """
            <?xml version="1.0" encoding="UTF-8"?>
            <LifecycleConfiguration xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Rule><ID>tidy</ID>\
            <Filter><Prefix>tmp/</Prefix></Filter><Status>Enabled</Status>\
            <Expiration><Days>365</Days></Expiration></Rule></LifecycleConfiguration>""";

    private HttpServer amazon;
    private MediaStore store;
    private volatile String rules = NONE;

    @BeforeEach
    void open() throws IOException {
        amazon = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        amazon.createContext("/originals", this::answer);
        amazon.start();
        URI endpoint = URI.create("http://127.0.0.1:" + amazon.getAddress().getPort());
        store = MediaStore.open(
                new StoreConfig(endpoint, endpoint, "us-east-1", "key", "secret", "originals", "derived"));
    }

    @AfterEach
    void close() {
        store.close();
        amazon.stop(0);
    }

    @Test
    void eachTierIsARuleForTheWholeBucket() {
        assertTrue(store.buckets().tier("originals", Tier.list("30:STANDARD_IA,180:GLACIER_IR")));

        assertTrue(rules.contains("<Filter><Prefix></Prefix></Filter>"), rules);
        assertTrue(rules.contains("<Days>30</Days><StorageClass>STANDARD_IA</StorageClass>"), rules);
        assertTrue(rules.contains("<Days>180</Days><StorageClass>GLACIER_IR</StorageClass>"), rules);
    }

    @Test
    void theSameTiersAreNotSetAgain() {
        store.buckets().tier("originals", Tier.list("30:STANDARD_IA"));

        assertFalse(store.buckets().tier("originals", Tier.list("30:STANDARD_IA")));
        assertTrue(store.buckets().tier("originals", Tier.list("30:ONEZONE_IA")));
    }

    @Test
    void tiersThatAreNoLongerWishedForAreTakenBack() {
        store.buckets().tier("originals", Tier.list("30:STANDARD_IA"));

        assertTrue(store.buckets().tier("originals", List.of()));
        assertEquals(NONE, rules);
        assertFalse(store.buckets().tier("originals", List.of()));
    }

    @Test
    void rulesOfSomebodyElseStay() {
        rules = SOMEBODY_ELSES;

        store.buckets().tier("originals", Tier.list("30:STANDARD_IA"));
        assertTrue(rules.contains("<ID>tidy</ID>") && rules.contains("STANDARD_IA"), rules);

        store.buckets().tier("originals", List.of());
        assertTrue(rules.contains("<ID>tidy</ID>") && rules.contains("<Prefix>tmp/</Prefix>"), rules);
        assertFalse(rules.contains("STANDARD_IA"), rules);
    }

    @Test
    void minioRefusesAClassThatItDoesNotKnow() {
        try (TestStore server = TestStore.minio();
                MediaStore minio = MediaStore.open(RealStore.config(server))) {
            minio.buckets().ensure("originals", true);

            StoreException refusal = assertThrows(
                    StoreException.class, () -> minio.buckets().tier("originals", Tier.list("30:STANDARD_IA")));

            assertTrue(refusal.getMessage().contains("the store must know these classes"), refusal.getMessage());
        }
    }

    @Test
    void versitygwHasNoTiersAndSaysSo() {
        try (TestStore server = TestStore.start();
                MediaStore real = MediaStore.open(RealStore.config(server))) {
            real.buckets().ensure("originals", true);

            assertFalse(real.buckets().tier("originals", List.of()));
            assertThrows(StoreException.class, () -> real.buckets().tier("originals", Tier.list("30:STANDARD_IA")));
        }
    }

    @Test
    void tiersThatAreWrittenOtherwiseAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> Tier.list("STANDARD_IA"));
        assertThrows(IllegalArgumentException.class, () -> Tier.list("soon:STANDARD_IA"));
        assertThrows(IllegalArgumentException.class, () -> Tier.list("0:STANDARD_IA"));
    }

    private void answer(HttpExchange asked) throws IOException {
        String body = new String(asked.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        byte[] said = new byte[0];
        int status = 200;
        switch (asked.getRequestMethod()) {
            case "PUT" -> rules = body;
            case "DELETE" -> {
                rules = NONE;
                status = 204;
            }
            default -> {
                said = rules.getBytes(StandardCharsets.UTF_8);
                status = rules.equals(NONE) ? 404 : 200;
            }
        }
        asked.getResponseHeaders().set("Content-Type", "application/xml");
        asked.sendResponseHeaders(status, said.length == 0 ? -1 : said.length);
        asked.getResponseBody().write(said);
        asked.close();
    }
}
