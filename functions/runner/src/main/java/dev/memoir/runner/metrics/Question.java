package dev.memoir.runner.metrics;

import dev.memoir.events.ProcessAge;
import java.time.Duration;
import java.util.Optional;

/** One question that waits for its answer, however many requests that takes. */
public final class Question {
    private final Metrics metrics;
    private final String function;
    private final long asked = System.nanoTime();
    private volatile boolean coldStart;

    Question(Metrics metrics, String function) {
        this.metrics = metrics;
        this.function = function;
    }

    /** @param processAge what {@link ProcessAge#HEADER} said */
    public void heard(Optional<String> processAge) {
        Duration waited = Duration.ofNanos(System.nanoTime() - asked);
        if (ProcessAge.saysColdStart(processAge, waited)) {
            coldStart = true;
            metrics.coldStart(function, waited);
        }
    }

    /** Whether the process that answered was started after the question. */
    public boolean wasColdStart() {
        return coldStart;
    }

    /** @param status of one request's answer */
    public void answered(int status) {
        metrics.answered(function, status);
    }

    /** One request ended without an answer. */
    public void lost() {
        metrics.answered(function, 0);
    }
}
