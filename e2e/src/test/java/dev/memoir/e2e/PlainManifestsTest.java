package dev.memoir.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * The functions' manifests in {@code k8s/knative} are what their own builds render; that this is what the operator makes is
 * the operator's test. After a change, {@code -Dplain.write=true} takes them over.
 */
class PlainManifestsTest {
    private static final List<String> FUNCTIONS = List.of("api", "postprocessor", "ai");

    @Test
    void theFunctionsManifestsAreWhatTheirBuildsRender() throws Exception {
        render();
        for (String function : FUNCTIONS) {
            String rendered = Files.readString(
                    Ran.CHECKOUT.resolve("functions/" + function + "/target/knative/kubernetes/knative.yml"));
            Path committed = Ran.CHECKOUT.resolve("k8s/knative/" + function + ".yaml");
            // Not byte by byte: the order of labels differs from build to build.
            if (Boolean.getBoolean("plain.write")
                    && (!Files.exists(committed) || !read(committed).equals(of(rendered)))) {
                Files.writeString(committed, rendered.strip() + "\n");
            }
            assertEquals(of(rendered), read(committed), function);
        }
    }

    private static void render() throws IOException, InterruptedException {
        Path log = Ran.CHECKOUT.resolve("e2e/target/plain-manifests.log");
        ProcessBuilder maven = new ProcessBuilder(
                        "mvn",
                        "-B",
                        "-ntp",
                        "-Pknative",
                        "-Dmaven.test.skip=true",
                        "-pl",
                        "functions/" + String.join(",functions/", FUNCTIONS),
                        "-am",
                        "package")
                .directory(Ran.CHECKOUT.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        maven.environment().put("JAVA_HOME", System.getProperty("java.home"));
        Process running = maven.start();
        try {
            assertTrue(running.waitFor(5, TimeUnit.MINUTES), "Maven takes too long: " + log);
        } finally {
            running.destroyForcibly();
        }
        assertEquals(0, running.exitValue(), () -> tail(log));
    }

    private static String tail(Path log) {
        try {
            List<String> lines = Files.readAllLines(log);
            return String.join("\n", lines.subList(Math.max(0, lines.size() - 20), lines.size()));
        } catch (IOException e) {
            return log + " can't be read: " + e;
        }
    }

    private static GenericKubernetesResource read(Path manifest) throws IOException {
        return of(Files.readString(manifest));
    }

    private static GenericKubernetesResource of(String manifest) {
        return Serialization.unmarshal(manifest, GenericKubernetesResource.class);
    }
}
