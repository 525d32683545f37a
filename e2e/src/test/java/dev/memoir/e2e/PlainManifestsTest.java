package dev.memoir.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The functions' manifests in {@code k8s/knative} are what their own builds render; that this is what the operator makes is
 * the operator's test. After a change, {@code -Dplain.write=true} takes them over.
 */
class PlainManifestsTest {
    private static final List<String> FUNCTIONS = List.of("api", "postprocessor", "ai");

    @Test
    void theFunctionsManifestsAreWhatTheirBuildsRender(@TempDir Path scratch) throws IOException {
        render(scratch);
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

    private static void render(Path scratch) {
        List<String> maven = List.of(
                "mvn",
                "-B",
                "-ntp",
                "-f",
                Ran.CHECKOUT.toString(),
                "-Pknative",
                "-Dmaven.test.skip=true",
                "-pl",
                "functions/" + String.join(",functions/", FUNCTIONS),
                "-am",
                "package");
        Ran.startProgram(scratch, maven, Map.of("JAVA_HOME", System.getProperty("java.home")))
                .finish()
                .mustSucceed();
    }

    private static GenericKubernetesResource read(Path manifest) throws IOException {
        return of(Files.readString(manifest));
    }

    private static GenericKubernetesResource of(String manifest) {
        return Serialization.unmarshal(manifest, GenericKubernetesResource.class);
    }
}
