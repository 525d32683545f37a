package dev.memoir.operator.reconcile;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.fabric8.kubernetes.api.model.Pod;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PendingTest {
    private static Optional<Pending> of(String status) throws IOException {
        return Pending.of(new YAMLMapper().readValue("{metadata: {name: ai}, status: " + status + "}", Pod.class));
    }

    @Test
    void aPodWithoutANodeIsExplainedInTheSchedulersWords() throws IOException {
        assertEquals(
                Optional.of(new Pending(
                        Optional.of(Instant.parse("2026-11-28T12:00:00Z")),
                        "no node for its pod: 0/1 nodes are available: 1 Insufficient nvidia.com/gpu.")),
                of("{phase: Pending, conditions: [{type: PodScheduled, status: 'False', reason: Unschedulable,"
                        + " lastTransitionTime: '2026-11-28T12:00:00Z',"
                        + " message: '0/1 nodes are available: 1 Insufficient nvidia.com/gpu.'}]}"));
    }

    @Test
    void anImageThatCanNotBePulledIsExplained() throws IOException {
        assertEquals(
                Optional.of(new Pending(Optional.empty(), "ImagePullBackOff: Back-off pulling image")),
                of("{phase: Pending, containerStatuses: [{name: ai, state: {waiting: {reason: ImagePullBackOff,"
                        + " message: Back-off pulling image}}}]}"));
    }

    @Test
    void aPodThatIsOnlyStartingOrRunsWaitsForNothing() throws IOException {
        assertEquals(
                Optional.empty(),
                of("{phase: Pending, containerStatuses: [{name: ai, state: {waiting: {reason: ContainerCreating}}}]}"));
        assertEquals(Optional.empty(), of("{phase: Running, containerStatuses: [{name: ai, state: {running: {}}}]}"));
        assertEquals(Optional.empty(), of("{phase: Pending}"));
    }
}
