package dev.memoir.bench;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Measured values of one thing, in milliseconds unless the caller says otherwise. */
final class Figures {
    private final double[] sorted;

    Figures(double... values) {
        if (values.length == 0) {
            throw new IllegalArgumentException("nothing was measured");
        }
        this.sorted = values.clone();
        Arrays.sort(sorted);
    }

    static Figures together(List<Figures> parts) {
        return new Figures(parts.stream()
                .flatMapToDouble(part -> Arrays.stream(part.sorted))
                .toArray());
    }

    /** Nearest-rank percentile: the smallest value that at least {@code percent} % of all values do not exceed. */
    double percentile(double percent) {
        int rank = (int) Math.ceil(percent / 100 * sorted.length);
        return sorted[Math.clamp(rank, 1, sorted.length) - 1];
    }

    double median() {
        return percentile(50);
    }

    double min() {
        return sorted[0];
    }

    double max() {
        return sorted[sorted.length - 1];
    }

    /** {@code min / median / p95 / max (n)}. */
    @Override
    public String toString() {
        return String.format(
                Locale.ROOT, "%.0f / %.0f / %.0f / %.0f (%d)", min(), median(), percentile(95), max(), sorted.length);
    }
}
