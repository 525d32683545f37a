package dev.memoir.gateway;

import java.time.Duration;

/** What the edge allows where nobody says otherwise; a gateway before it allows the same. */
public final class EdgeLimits {
    /** Of one person. */
    public static final Rate PER_SUBJECT = new Rate(50, 200);

    /** Of one address, known or not. */
    public static final Rate PER_ADDRESS = new Rate(100, 400);

    /** How long a request waits for the API to start. */
    public static final Duration PATIENCE = Duration.ofSeconds(30);

    private EdgeLimits() {}

    /**
     * @param perSecond requests in the long run
     * @param burst requests at once
     */
    public record Rate(int perSecond, int burst) {}
}
