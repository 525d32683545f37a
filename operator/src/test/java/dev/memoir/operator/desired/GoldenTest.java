package dev.memoir.operator.desired;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fabric8.knative.serving.v1.Service;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What each example's instance becomes, object by object. After a change:
 * {@code mvn test -pl operator -am -Dsurefire.failIfNoSpecifiedTests=false -Dtest=GoldenTest -Dgolden.write=true}, and read the difference.
 */
class GoldenTest {
    private static final String EXAMPLES = "dev.memoir.operator.desired.Example#all";

    @ParameterizedTest
    @MethodSource(EXAMPLES)
    void anInstanceBecomesTheseObjectsAndNoOthers(Example example) throws IOException {
        Map<String, String> rendered = example.rendered();
        if (Boolean.getBoolean("golden.write")) {
            for (String old : example.committed().keySet()) {
                Files.delete(example.folder().resolve(old));
            }
            for (var file : rendered.entrySet()) {
                Files.writeString(example.folder().resolve(file.getKey()), file.getValue());
            }
        }
        Map<String, String> committed = example.committed();
        assertEquals(committed.keySet(), rendered.keySet());
        rendered.forEach((name, content) -> assertEquals(committed.get(name), content, name));
    }

    @ParameterizedTest
    @MethodSource(EXAMPLES)
    void everyPodIsConfinedAndHasNoTokenOfTheCluster(Example example) throws IOException {
        for (HasMetadata object : example.desired()) {
            for (PodRules pod : pods(object).stream().toList()) {
                String where = object.getMetadata().getName();
                assertFalse(pod.token(), where);
                assertFalse(pod.containers().isEmpty(), where);
                pod.containers().forEach(container -> isConfined(container, where));
            }
        }
    }

    private static void isConfined(Container container, String where) {
        var context = container.getSecurityContext();
        assertTrue(context.getReadOnlyRootFilesystem(), where);
        assertTrue(context.getRunAsNonRoot(), where);
        assertFalse(context.getAllowPrivilegeEscalation(), where);
        assertEquals(List.of("ALL"), context.getCapabilities().getDrop(), where);
        assertEquals("RuntimeDefault", context.getSeccompProfile().getType(), where);
        assertTrue(container.getResources().getLimits().containsKey("memory"), where);
        assertFalse(container.getResources().getLimits().containsKey("cpu"), where);
        container.getEnv().stream()
                .filter(variable -> variable.getName().matches(".*(PASSWORD|SECRET_KEY|TOKEN)"))
                .forEach(variable -> assertTrue(
                        variable.getValueFrom() != null || variable.getValue().contains("$("),
                        where + " " + variable.getName()));
    }

    /** The first volume costs 0.3 s of a cold start. */
    @ParameterizedTest
    @MethodSource(EXAMPLES)
    void theApiHasNoVolume(Example example) throws IOException {
        Example same = example;
        assertEquals(
                List.of(),
                same.desired().stream()
                        .filter(object -> object.getMetadata().getName().endsWith("-api"))
                        .flatMap(object -> pods(object).stream())
                        .flatMap(pod -> pod.volumes().stream())
                        .toList());
    }

    @Test
    void aPasswordThatIsThereStays() throws IOException {
        Example homelab = Example.all()
                .filter(example -> example.toString().equals("homelab"))
                .findFirst()
                .orElseThrow();
        var secret = Credentials.complete(homelab.instance(), Map.of("database-owner", "before"), () -> "fresh");
        assertEquals("YmVmb3Jl", secret.getData().get("database-owner"));
        assertEquals("ZnJlc2g=", secret.getData().get("queue-password"));
    }

    private record PodRules(boolean token, List<Container> containers, List<?> volumes) {
        static PodRules of(PodSpec pod) {
            List<Container> containers = new ArrayList<>(pod.getInitContainers());
            containers.addAll(pod.getContainers());
            return new PodRules(pod.getAutomountServiceAccountToken(), containers, pod.getVolumes());
        }
    }

    private static Optional<PodRules> pods(HasMetadata object) {
        return switch (object) {
            case Service knative -> {
                var spec = knative.getSpec().getTemplate().getSpec();
                yield Optional.of(
                        new PodRules(spec.getAutomountServiceAccountToken(), spec.getContainers(), spec.getVolumes()));
            }
            case Deployment deployment ->
                Optional.of(PodRules.of(deployment.getSpec().getTemplate().getSpec()));
            case DaemonSet set ->
                Optional.of(PodRules.of(set.getSpec().getTemplate().getSpec()));
            case StatefulSet set ->
                Optional.of(PodRules.of(set.getSpec().getTemplate().getSpec()));
            case Job job -> Optional.of(PodRules.of(job.getSpec().getTemplate().getSpec()));
            case CronJob job ->
                Optional.of(PodRules.of(
                        job.getSpec().getJobTemplate().getSpec().getTemplate().getSpec()));
            default -> Optional.empty();
        };
    }
}
