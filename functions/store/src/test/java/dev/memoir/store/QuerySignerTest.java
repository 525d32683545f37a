package dev.memoir.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.minio.GetPresignedObjectUrlArgs;
import io.minio.Http;
import io.minio.MinioClient;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeSet;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QuerySignerTest {
    private static final URI ENDPOINT = URI.create("http://127.0.0.1:7701");
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    private final QuerySigner signer = new QuerySigner("us-east-1", "an/access+key", "a secret");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a.jpg",
                "users/anna/2024/DSC 0001 (2).jpg",
                "it's \"quoted\"+100%/é/😀.jpg",
                "a b+c&d=e?f#g;h,i:j@k$l!m~n*o(p)q[r]s{t}u|v\\w^x`y<z>"
            })
    void signsAsTheMinioSdkDoesAtTheSameInstant(String key) throws Exception {
        MinioClient sdk = MinioClient.builder()
                .endpoint(ENDPOINT.toString())
                .region("us-east-1")
                .credentials("an/access+key", "a secret")
                .httpClient(new OkHttpClient())
                .build();
        String theirs = sdk.getPresignedObjectUrl(GetPresignedObjectUrlArgs.builder()
                .method(Http.Method.GET)
                .bucket("originals")
                .object(key)
                .versionId("v/1")
                .expiry(600)
                .build());

        URI ours = signer.sign(
                "GET",
                ENDPOINT,
                "originals",
                key,
                Map.of("versionId", "v/1"),
                Map.of(),
                signedAt(theirs),
                Duration.ofSeconds(600));

        assertEquals(URI.create(theirs).getRawPath(), ours.getRawPath());
        assertEquals(parameters(theirs), parameters(ours.toString()));
    }

    @Test
    void theSchemesOwnPortIsNotPartOfTheAddressSinceNoClientSendsIt() {
        URI signed = signer.sign(
                "GET",
                URI.create("https://photos.example.org:443"),
                "originals",
                "a.jpg",
                Map.of(),
                Map.of(),
                Instant.EPOCH,
                Duration.ofSeconds(1));

        assertEquals("photos.example.org", signed.getRawAuthority());
    }

    @Test
    void anAddressForLongerThanSevenDaysIsRefusedSinceNoStoreTakesIt() {
        assertThrows(
                IllegalArgumentException.class,
                () -> signer.sign(
                        "GET",
                        ENDPOINT,
                        "originals",
                        "a.jpg",
                        Map.of(),
                        Map.of(),
                        Instant.EPOCH,
                        Duration.ofDays(7).plusSeconds(1)));
    }

    private static Instant signedAt(String address) {
        String stamp = address.replaceAll(".*X-Amz-Date=(\\w+).*", "$1");
        return Instant.from(STAMP.parse(stamp));
    }

    private static TreeSet<String> parameters(String address) {
        return new TreeSet<>(Arrays.asList(URI.create(address).getRawQuery().split("&")));
    }
}
