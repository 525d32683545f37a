package dev.memoir.runner.edge;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/** A token bucket for each name: so many requests at once, so many per second in the long run. Safe for many threads. */
public final class RateLimit {
    /** Names that are remembered; the one unseen for longest is forgotten first. */
    private static final int NAMES = 10_000;

    private static final double NANOS = 1e9;

    private final double perSecond;
    private final double burst;
    private final LongSupplier nanoTime;
    private final Map<String, Bucket> buckets = new LinkedHashMap<>(64, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Bucket> eldest) {
            return size() > NAMES;
        }
    };

    /**
     * @param perSecond requests in the long run
     * @param burst requests at once
     */
    public RateLimit(int perSecond, int burst) {
        this(perSecond, burst, System::nanoTime);
    }

    RateLimit(int perSecond, int burst, LongSupplier nanoTime) {
        this.perSecond = perSecond;
        this.burst = burst;
        this.nanoTime = nanoTime;
    }

    /** Whether one more request of that name is within the limit; if so, it counts. */
    public synchronized boolean allows(String name) {
        long now = nanoTime.getAsLong();
        Bucket bucket = buckets.computeIfAbsent(name, n -> new Bucket(burst, now));
        bucket.left = Math.min(burst, bucket.left + (now - bucket.seen) / NANOS * perSecond);
        bucket.seen = now;
        if (bucket.left < 1) {
            return false;
        }
        bucket.left--;
        return true;
    }

    private static final class Bucket {
        private double left;
        private long seen;

        Bucket(double left, long seen) {
            this.left = left;
            this.seen = seen;
        }
    }
}
