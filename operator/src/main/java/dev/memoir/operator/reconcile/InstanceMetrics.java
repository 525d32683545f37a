package dev.memoir.operator.reconcile;

import dev.memoir.operator.api.MemoirInstance;
import io.fabric8.kubernetes.api.model.Condition;
import io.prometheus.client.Collector;
import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.GaugeMetricFamily;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.List;
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
