package dev.memoir.operator.reconcile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.javaoperatorsdk.operator.api.monitoring.Metrics.ControllerExecution;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

class ReconciliationMetricsTest {
    private final MeterRegistry registry = new SimpleMeterRegistry();
    private final ReconciliationMetrics metrics = new ReconciliationMetrics(registry);

    @Test
    void theOnesThatFailAreCountedApart() throws Exception {
        assertEquals("result", metrics.timeControllerExecution(execution(() -> "result")));
        assertThrows(
                IOException.class,
                () -> metrics.timeControllerExecution(execution(() -> {
                    throw new IOException("refused");
                })));

        assertEquals(1, registry.timer("memoir.reconciliations", "end", "done").count());
        assertEquals(
                1, registry.timer("memoir.reconciliations", "end", "failed").count());
    }

    private static ControllerExecution<String> execution(Callable<String> work) {
        return new ControllerExecution<>() {
            @Override
            public String name() {
                return "reconcile";
            }

            @Override
            public String controllerName() {
                return "memoirreconciler";
            }

            @Override
            public String successTypeName(String result) {
                return "success";
            }

            @Override
            public ResourceID resourceID() {
                return new ResourceID("photos", "family");
            }

            @Override
            public Map<String, Object> metadata() {
                return Map.of();
            }

            @Override
            public String execute() throws Exception {
                return work.call();
            }
        };
    }
}
