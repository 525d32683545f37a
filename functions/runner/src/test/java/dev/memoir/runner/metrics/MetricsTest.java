package dev.memoir.runner.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MetricsTest {
    private final Metrics metrics = new Metrics();

    private List<String> samples(String name) {
        Exposition text = new Exposition();
        metrics.write(text);
        return text.toString()
                .lines()
                .filter(line -> line.startsWith("memoir_" + name))
                .toList();
    }

    @Test
    void requestsAreCountedByWhoAnsweredAndClassOfTheStatus() {
        metrics.question("api").answered(200);
        metrics.question("api").answered(204);
        metrics.question("api").lost();
        metrics.question(Metrics.EDGE).answered(429);

        assertEquals(
                List.of(
                        "memoir_requests_total{function=\"api\",status=\"2xx\"} 2",
                        "memoir_requests_total{function=\"api\",status=\"none\"} 1",
                        "memoir_requests_total{function=\"edge\",status=\"4xx\"} 1"),
                samples("requests_total"));
    }

    @Test
    void whatCanHappenIsThereFromTheBeginning() {
        assertEquals(
                List.of(
                        "memoir_redeliveries_total{function=\"ai\"} 0",
                        "memoir_redeliveries_total{function=\"postprocessor\"} 0"),
                samples("redeliveries_total"));
        assertEquals(3, samples("cold_start_seconds_count").size());
    }

    @Test
    void aColdStartIsAnAnswerOfAProcessThatIsYoungerThanTheQuestion() throws InterruptedException {
        Question question = metrics.question("ai");
        Thread.sleep(20);
        question.heard(Optional.empty());
        question.heard(Optional.of("60000"));
        question.heard(Optional.of("soon"));
        assertEquals(
                List.of("memoir_cold_start_seconds_count{function=\"ai\"} 0"),
                samples("cold_start_seconds_count{function=\"ai\""));

        question.heard(Optional.of("3"));
        assertEquals(
                List.of("memoir_cold_start_seconds_count{function=\"ai\"} 1"),
                samples("cold_start_seconds_count{function=\"ai\""));
    }

    @Test
    void theHistogramsBucketsAddUp() {
        metrics.coldStart("ai", Duration.ofMillis(250));
        metrics.coldStart("ai", Duration.ofMillis(1600));
        metrics.coldStart("ai", Duration.ofMinutes(5));

        List<String> buckets = samples("cold_start_seconds_bucket{function=\"ai\"");
        assertEquals("memoir_cold_start_seconds_bucket{function=\"ai\",le=\"0.25\"} 1", buckets.getFirst());
        assertEquals("memoir_cold_start_seconds_bucket{function=\"ai\",le=\"2.0\"} 2", buckets.get(5));
        assertEquals("memoir_cold_start_seconds_bucket{function=\"ai\",le=\"+Inf\"} 3", buckets.getLast());
        assertEquals(
                List.of("memoir_cold_start_seconds_sum{function=\"ai\"} 301.85"),
                samples("cold_start_seconds_sum{function=\"ai\""));
    }
}
