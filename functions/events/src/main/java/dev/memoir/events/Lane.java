package dev.memoir.events;

import java.util.Locale;

/** Where an event queues: one new phone photo never waits behind a hundred thousand old ones. */
public enum Lane {
    /** Something just happened. */
    NEW,
    /** A sweep or a new model has work for much that is old; served when {@link #NEW} has nothing to do. */
    BACKFILL;

    public String token() {
        return name().toLowerCase(Locale.ROOT);
    }
}
