package dev.memoir.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.memoir.store.MediaStore;
import dev.memoir.store.StoreConfig;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An instance whose bucket, queue and database somebody else runs, the database with TLS and an authority of its own. */
@Tag("cluster")
class ExternalPartsTest {
    private static final Duration READY = Duration.ofSeconds(120);

    @TempDir
    private Path folder;

    @Test
    void aSecretThatIsMissingIsNamedAndWithItAPhotoGoesItsWay() throws Exception {
        try (Cluster cluster = Cluster.open(folder)) {
            Path certificate = certificate("db." + cluster.namespace() + ".svc.cluster.local");
            secret(
                    cluster,
                    "db-tls",
                    Map.of(),
                    Map.of(
                            "tls.crt",
                            Files.readString(certificate),
                            "tls.key",
                            Files.readString(folder.resolve("key.pem"))));
            secret(
                    cluster,
                    "database-ca",
                    Map.of("memoir.dev/part-of", "memoir"),
                    Map.of("ca.crt", Files.readString(certificate)));
            cluster.apply("external-parts.yaml");
            cluster.apply("external-instance.yaml");

            cluster.awaitCondition("Ready", "False/SecretMissing", READY);
            assertTrue(
                    cluster.instance().get("status").toString().contains("The secret database-login is not there"),
                    () -> cluster.instance().get("status").toString());
            secret(cluster, "database-login", Map.of(), Map.of("user", "somebody"));
            Thread.sleep(2000);
            assertEquals("False/SecretMissing", cluster.condition("Ready"), "without the label nobody sees it");
            secret(cluster, "database-login", Map.of("memoir.dev/part-of", "memoir"), Map.of("user", "somebody"));
            cluster.awaitCondition("Ready", "False/SecretIncomplete", READY);
            secret(
                    cluster,
                    "database-login",
                    Map.of("memoir.dev/part-of", "memoir"),
                    Map.of("user", "somebody", "password", "elses"));
            cluster.awaitCondition("Ready", "True/Done", READY);
            assertEquals(
                    List.of(),
                    cluster.client()
                            .resources(StatefulSet.class)
                            .inNamespace(cluster.namespace())
                            .list()
                            .getItems());

            URI address = cluster.forwardedPlain("s3", 9000);
            try (MediaStore store = MediaStore.open(new StoreConfig(
                    address,
                    address,
                    "eu-test-1",
                    "family-key",
                    "family-secret",
                    "family-originals",
                    "family-derived"))) {
                store.put("family-originals", "rocket.jpg", Photos.sample("photos/rocket.jpg"), "image/jpeg");
            }
            cluster.awaitLabels();
        }
    }

    /** Signed by itself, for one name. */
    private Path certificate(String name) throws Exception {
        Path certificate = folder.resolve("certificate.pem");
        Process made = new ProcessBuilder(
                        "openssl",
                        "req",
                        "-x509",
                        "-newkey",
                        "rsa:2048",
                        "-nodes",
                        "-days",
                        "2",
                        "-subj",
                        "/CN=database",
                        "-addext",
                        "subjectAltName=DNS:" + name,
                        "-keyout",
                        folder.resolve("key.pem").toString(),
                        "-out",
                        certificate.toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(made.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, made.waitFor(), said);
        return certificate;
    }

    private static void secret(Cluster cluster, String name, Map<String, String> labels, Map<String, String> content) {
        cluster.client()
                .resource(new SecretBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .withNamespace(cluster.namespace())
                        .withLabels(labels)
                        .endMetadata()
                        .withStringData(content)
                        .build())
                .forceConflicts()
                .serverSideApply();
    }
}
