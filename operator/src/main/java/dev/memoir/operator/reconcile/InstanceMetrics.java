package dev.memoir.operator.reconcile;

import dev.memoir.operator.api.MemoirInstance;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.api.monitoring.Metrics;
import io.javaoperatorsdk.operator.api.reconciler.RetryInfo;
import io.prometheus.client.Collector;
import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.Counter;
import io.prometheus.client.GaugeMetricFamily;
import io.prometheus.client.Summary;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Metrics of the instances: what their status says, read when somebody asks, so that nothing is kept and a deleted instance is
 * gone at once. An operator that does not lead knows of none.
 */
@Singleton
public final class InstanceMetrics extends Collector implements Collector.Describable {
    private static final List<String> WHOSE = List.of("namespace", "name");
    private static final List<String> WHICH = List.of("namespace", "name", "condition");

    private volatile Supplier<Stream<MemoirInstance>> instances = Stream::empty;

    public InstanceMetrics(CollectorRegistry registry) {
        registry.register(this);
    }

    /** One for all: Quarkus' own would be another one wherever it is injected. */
    @Produces
    @Singleton
    static CollectorRegistry registry() {
        return new CollectorRegistry(true);
    }

    /** Of all instances together. */
    @Produces
    @Singleton
    static Metrics reconciliations(CollectorRegistry registry) {
        Summary duration = Summary.build(
                        "memoir_reconciliation_seconds", "How often an instance was looked at, and how long that took.")
                .register(registry);
        Counter failed = Counter.build(
                        "memoir_reconciliations_failed", "Looks that ended in an error of the operator's.")
                .register(registry);
        return new Metrics() {
            @Override
            public <T> T timeControllerExecution(ControllerExecution<T> execution) throws Exception {
                try (Summary.Timer _ = duration.startTimer()) {
                    return execution.execute();
                }
            }

            @Override
            public void reconciliationFailed(
                    HasMetadata resource, RetryInfo retry, Exception failure, Map<String, Object> metadata) {
                failed.inc();
            }
        };
    }

    /** @param instances those that are watched, at any moment */
    void observe(Supplier<Stream<MemoirInstance>> instances) {
        this.instances = instances;
    }

    @Override
    public List<MetricFamilySamples> describe() {
        return of(Stream.empty());
    }

    @Override
    public List<MetricFamilySamples> collect() {
        return of(instances.get());
    }

    static List<MetricFamilySamples> of(Stream<MemoirInstance> instances) {
        GaugeMetricFamily conditions = new GaugeMetricFamily(
                "memoir_instance_condition",
                "An instance's conditions: 1 true, 0 unknown while something goes on by itself, -1 false.",
                WHICH);
        GaugeMetricFamily lag = new GaugeMetricFamily(
                "memoir_instance_queue_lag",
                "Events that wait or are under way, to one significant digit, as of some minutes ago.",
                WHOSE);
        GaugeMetricFamily dead = new GaugeMetricFamily(
                "memoir_instance_dead_letters", "Events that were given up, as of some minutes ago.", WHOSE);
        instances.filter(instance -> instance.getStatus() != null).forEach(instance -> {
            String namespace = instance.getMetadata().getNamespace();
            String name = instance.getMetadata().getName();
            var status = instance.getStatus();
            for (Condition condition : status.conditions()) {
                conditions.addMetric(List.of(namespace, name, condition.getType()), value(condition));
            }
            if (status.queueLag() != null) {
                lag.addMetric(List.of(namespace, name), status.queueLag());
            }
            if (status.deadLetters() != null) {
                dead.addMetric(List.of(namespace, name), status.deadLetters());
            }
        });
        return List.of(conditions, lag, dead);
    }

    private static double value(Condition condition) {
        return switch (condition.getStatus()) {
            case "True" -> 1;
            case "False" -> -1;
            default -> 0;
        };
    }
}
