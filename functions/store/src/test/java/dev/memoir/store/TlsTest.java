package dev.memoir.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.memoir.testkit.TestCertificate;
import dev.memoir.testkit.TestStore;
import java.net.URI;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** On a real versitygw with TLS. */
class TlsTest {
    private static final byte[] CONTENT = {1, 2, 3};

    @Test
    void withTheAuthorityOfTheStoreItIsBelievedAndWithoutItIsNot() throws Exception {
        try (TestCertificate own = TestCertificate.make();
                TestCertificate other = TestCertificate.make();
                TestStore server = TestStore.start(own)) {
            server.makeBucket("originals");
            URI address = server.endpoint();
            try (MediaStore store = open(server, address, Optional.of(own.certificate()))) {
                store.put("originals", "a.bin", CONTENT, "application/octet-stream");
                try (var read =
                        store.read("originals", "a.bin", Optional.empty()).orElseThrow()) {
                    assertArrayEquals(CONTENT, read.bytes().readAllBytes());
                }
            }
            refused(server, address, Optional.empty());
            refused(server, address, Optional.of(other.certificate()));
            refused(server, URI.create("https://127.0.0.1:" + address.getPort()), Optional.of(own.certificate()));
            refused(server, URI.create("http://localhost:" + address.getPort()), Optional.of(own.certificate()));
        }
    }

    private static void refused(TestStore server, URI address, Optional<String> authority) {
        try (MediaStore store = open(server, address, authority)) {
            assertThrows(StoreException.class, () -> store.stat("originals", "a.bin"));
        }
    }

    private static MediaStore open(TestStore server, URI address, Optional<String> authority) {
        return MediaStore.open(new StoreConfig(
                address,
                address,
                server.region(),
                server.accessKey(),
                server.secretKey(),
                "originals",
                "derived",
                authority));
    }
}
