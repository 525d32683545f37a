package dev.memoir.operator.reconcile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.memoir.operator.api.MemoirInstance;
import dev.memoir.operator.desired.Example;
import io.prometheus.client.Collector.MetricFamilySamples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class InstanceMetricsTest {
    @Test
    void theStatusIsToldAsNumbersAndAnInstanceWithoutOneIsNot() throws IOException {
        MemoirInstance told = Example.all().findFirst().orElseThrow().instance();
        told.setStatus(new StatusOf(told, Instant.EPOCH)
                .after(
                        new Walk()
                                .then(Phase.Capable, () -> new Outcome.Done("fine"))
                                .then(Phase.Trusted, () -> new Outcome.Blocked(Reason.SecretMissing, "make it")),
                        new Seen(
                                Optional.empty(),
                                Optional.empty(),
                                Optional.of(new QueueLook.Queue(300, 2)),
                                Optional.empty()),
                        "1.2.3"));
        MemoirInstance fresh = Example.all().findFirst().orElseThrow().instance();

        Map<String, Double> samples = new TreeMap<>();
        String docs = Files.readString(Path.of("../docs/kubernetes.md"));
        for (MetricFamilySamples family : InstanceMetrics.of(Stream.of(told, fresh))) {
            assertTrue(docs.contains("`" + family.name + "`"), family.name);
            family.samples.forEach(sample -> samples.put(sample.name + sample.labelValues, sample.value));
        }

        assertEquals(
                new TreeMap<>(Map.ofEntries(
                        Map.entry("memoir_instance_condition[family, photos, Ready]", -1.0),
                        Map.entry("memoir_instance_condition[family, photos, Stalled]", 1.0),
                        Map.entry("memoir_instance_condition[family, photos, Capable]", 1.0),
                        Map.entry("memoir_instance_condition[family, photos, Trusted]", -1.0),
                        Map.entry("memoir_instance_condition[family, photos, Backed]", 0.0),
                        Map.entry("memoir_instance_condition[family, photos, SetUp]", 0.0),
                        Map.entry("memoir_instance_condition[family, photos, FunctionsReady]", 0.0),
                        Map.entry("memoir_instance_condition[family, photos, EdgeReady]", 0.0),
                        Map.entry("memoir_instance_condition[family, photos, Arranged]", 0.0),
                        Map.entry("memoir_instance_queue_lag[family, photos]", 300.0),
                        Map.entry("memoir_instance_dead_letters[family, photos]", 2.0))),
                samples);
    }
}
