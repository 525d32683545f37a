package dev.memoir.operator.reconcile;

import io.javaoperatorsdk.operator.api.monitoring.Metrics;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.inject.Singleton;

/**
 * How many reconciliations there were, how they ended and how long they took, of all instances together. The SDK's own metrics
 * have one meter with different tags for different events, which Prometheus' registry refuses, and with it the event.
 */
@Singleton
public final class ReconciliationMetrics implements Metrics {
    static final String NAME = "memoir.reconciliations";

    private final MeterRegistry registry;
    private final Timer done;
    private final Timer failed;

    public ReconciliationMetrics(MeterRegistry registry) {
        this.registry = registry;
        this.done = registry.timer(NAME, "end", "done");
        this.failed = registry.timer(NAME, "end", "failed");
    }

    @Override
    public <T> T timeControllerExecution(ControllerExecution<T> execution) throws Exception {
        Timer.Sample sample = Timer.start(registry);
        Timer end = failed;
        try {
            T result = execution.execute();
            end = done;
            return result;
        } finally {
            sample.stop(end);
        }
    }
}
