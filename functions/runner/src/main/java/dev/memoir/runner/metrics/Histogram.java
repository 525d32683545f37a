package dev.memoir.runner.metrics;

import java.time.Duration;

/** Durations of one function in seconds, by upper bounds. Safe for many threads. */
final class Histogram {
    private static final double[] BOUNDS = {0.25, 0.5, 0.75, 1, 1.5, 2, 3, 5, 10, 30, 60, 120};

    private final long[] counts = new long[BOUNDS.length + 1];
    private double sum;

    synchronized void observe(Duration duration) {
        double seconds = duration.toNanos() / 1e9;
        int bucket = 0;
        while (bucket < BOUNDS.length && seconds > BOUNDS[bucket]) {
            bucket++;
        }
        counts[bucket]++;
        sum += seconds;
    }

    synchronized void write(Exposition text, String name, String function) {
        long count = 0;
        for (int i = 0; i < counts.length; i++) {
            count += counts[i];
            String bound = i == BOUNDS.length ? "+Inf" : Double.toString(BOUNDS[i]);
            text.sample(name + "_bucket", Exposition.labels("function", function, "le", bound), count);
        }
        text.sample(name + "_sum", Exposition.labels("function", function), sum);
        text.sample(name + "_count", Exposition.labels("function", function), count);
    }
}
