package dev.memoir.operator.reconcile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.memoir.operator.api.MemoirInstance;
import dev.memoir.operator.desired.Capabilities;
import dev.memoir.operator.desired.Example;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PreflightTest {
    private static final Set<String> FOR_GPUS = Set.of(
            "kubernetes.podspec-nodeselector", "kubernetes.podspec-tolerations", "kubernetes.podspec-runtimeclassname");

    @ParameterizedTest
    @MethodSource("dev.memoir.operator.desired.Example#all")
    void everyExampleWishesOnlyWhatItsClusterAndThisVersionCan(Example example) throws IOException {
        assertEquals(List.of(), NotYet.wishedFor(example.instance().getSpec()));
        assertInstanceOf(
                Outcome.Done.class,
                Preflight.judge(example.instance(), example.given().can()));
    }

    @Test
    void aSpotGpuOnAClusterThatAllowsNothingIsBlockedWithTheCommandThatHelps() throws IOException {
        MemoirInstance spot = example("spot-gpu");

        Outcome outcome = Preflight.judge(spot, knative(true, Set.of("kubernetes.podspec-tolerations")));

        assertEquals(Reason.FeatureDisabled, outcome.reason());
        assertTrue(
                outcome.message()
                        .endsWith("kubectl -n knative-serving patch configmap config-features --type merge -p"
                                + " '{\"data\":{\"kubernetes.podspec-nodeselector\":\"enabled\","
                                + "\"kubernetes.podspec-runtimeclassname\":\"enabled\"}}'"),
                outcome.message());
    }

    @Test
    void aSpotGpuIsNotWokenByAnInstallation() throws IOException {
        Outcome outcome = Preflight.judge(example("spot-gpu"), knative(false, FOR_GPUS));

        assertEquals(Reason.WakesAtInstall, outcome.reason());
        assertTrue(
                outcome.message().contains("'{\"data\":{\"allow-zero-initial-scale\":\"true\"}}'"), outcome.message());
    }

    @Test
    void aRuntimeClassThatTheClusterLacksIsNamed() throws IOException {
        MemoirInstance spot = example("spot-gpu");
        Capabilities without = new Capabilities(
                knative(true, FOR_GPUS).knative(),
                false,
                false,
                Optional.of(Set.of("cpu")),
                Optional.of(Set.of("gvisor")));

        Outcome outcome = Preflight.judge(spot, without);

        assertEquals(Reason.RuntimeClassMissing, outcome.reason());
        assertTrue(outcome.message().contains("no runtime class nvidia"), outcome.message());
    }

    @Test
    void thatNoNodeHasAGpuNowIsSaidAndKeepsNothingBack() throws IOException {
        MemoirInstance spot = example("spot-gpu");
        Capabilities can = knative(true, FOR_GPUS);

        assertEquals(
                Reason.Done,
                Preflight.judge(
                                spot,
                                new Capabilities(
                                        can.knative(),
                                        false,
                                        false,
                                        Optional.of(Set.of("nvidia.com/gpu")),
                                        Optional.empty()))
                        .reason());
        Outcome none = Preflight.judge(
                spot, new Capabilities(can.knative(), false, false, Optional.of(Set.of("cpu")), Optional.empty()));
        assertInstanceOf(Outcome.Done.class, none);
        assertEquals(Reason.WithoutGpu, none.reason());
    }

    @Test
    void aGpuThatIsNeverGivenBackNeedsRevisionsThatBeginAtZero() throws IOException {
        assertEquals(
                Reason.SecondGpuNeeded,
                Preflight.judge(example("processors-for-now"), knative(false, FOR_GPUS))
                        .reason());
    }

    @Test
    void withoutKnativeItIsSaidWhoScalesAndNothingIsKeptBack() throws IOException {
        MemoirInstance plain = example("without-knative");

        Outcome nobody = Preflight.judge(
                plain, new Capabilities(Optional.empty(), false, false, Optional.empty(), Optional.empty()));
        Outcome keda = Preflight.judge(
                plain, new Capabilities(Optional.empty(), true, false, Optional.empty(), Optional.empty()));

        assertInstanceOf(Outcome.Done.class, nobody);
        assertEquals(Reason.WithoutKnative, nobody.reason());
        assertInstanceOf(Outcome.Done.class, keda);
        assertEquals(Reason.ScaledByKeda, keda.reason());
    }

    @Test
    void whatIsNotThereYetIsSaidByItsPath() throws IOException {
        MemoirInstance all = new Example(Path.of("src/test/resources/dev/memoir/operator/api/everything")).instance();

        Outcome outcome = Preflight.judge(all, knative(true, Set.of()));

        assertEquals("Not there yet in this version: maintenance.verify, maintenance.snapshot", outcome.message());
    }

    private static MemoirInstance example(String name) throws IOException {
        return Example.all()
                .filter(example -> example.toString().equals(name))
                .findFirst()
                .orElseThrow()
                .instance();
    }

    private static Capabilities knative(boolean startsAtZero, Set<String> features) {
        return new Capabilities(
                Optional.of(new Capabilities.Knative(Duration.ofSeconds(600), startsAtZero, features)),
                false,
                false,
                Optional.of(Set.of("example.org/gpu")),
                Optional.of(Set.of("nvidia")));
    }
}
