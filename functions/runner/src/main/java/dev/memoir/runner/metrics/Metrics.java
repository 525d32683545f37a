package dev.memoir.runner.metrics;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** What the runner counts from its start on. Safe for many threads. */
public final class Metrics {
    /** Stands for what the edge answers itself: pages, and whom it refuses. */
    public static final String EDGE = "edge";

    private static final String COLD_START = "memoir_cold_start_seconds";

    private final Counters requests = new Counters(
            "memoir_requests",
            "HTTP requests by who answered, and class of the status; none: the connection was lost.");
    private final Counters deliveries =
            new Counters("memoir_deliveries", "Attempts to deliver an event, by function and outcome.");
    private final Counters redeliveries = new Counters(
            "memoir_redeliveries", "Events that the queue handed out again, by the function that they are for.");
    private final Counters dead = new Counters("memoir_dead_letters", "Events that were given up, by function.");
    private final Map<String, Histogram> coldStarts = new ConcurrentHashMap<>();

    public Metrics() {
        for (String function : List.of("api", "postprocessor", "ai")) {
            coldStarts.put(function, new Histogram());
        }
        for (String function : List.of("postprocessor", "ai")) {
            redeliveries.begin(function(function));
            dead.begin(function(function));
        }
    }

    private static String function(String name) {
        return Exposition.labels("function", name);
    }

    /** The time until it is answered runs from here. */
    public Question question(String function) {
        return new Question(this, function);
    }

    /** @param status of HTTP; 0 when none came */
    void answered(String function, int status) {
        requests.add(Exposition.labels("function", function, "status", status == 0 ? "none" : status / 100 + "xx"));
    }

    void coldStart(String function, Duration took) {
        coldStarts.computeIfAbsent(function, fresh -> new Histogram()).observe(took);
    }

    /** @param outcome in one word */
    public void delivery(String function, String outcome) {
        deliveries.add(Exposition.labels("function", function, "outcome", outcome));
    }

    public void redelivery(String function) {
        redeliveries.add(function(function));
    }

    /** @param function that failed, or {@code store} for a notification that nobody understands */
    public void deadLetter(String function) {
        dead.add(function(function));
    }

    public void write(Exposition text) {
        requests.write(text);
        deliveries.write(text);
        redeliveries.write(text);
        dead.write(text);
        text.family(
                COLD_START,
                "histogram",
                "From a question to its answer, where the process that answered was started after the question.");
        new TreeMap<>(coldStarts).forEach((function, histogram) -> histogram.write(text, COLD_START, function));
    }
}
