package dev.memoir.events;

/** The NATS subjects. Work is {@code memoir.work.<lane>.<kind>}. */
public final class Subjects {
    /** What a store publishes, in its own format. */
    public static final String STORE = "memoir.store";

    public static final String WORK = "memoir.work.";

    /** Followed by the function that gave up on the event. */
    public static final String DEAD = "memoir.dead.";

    /** A key to look at: for the postprocessor. */
    public static final String OBJECT = "object";

    /** An asset to analyse: for the AI function. */
    public static final String PREVIEWED = "previewed";

    private Subjects() {}

    public static String work(Lane lane, String kind) {
        return WORK + lane.token() + "." + kind;
    }

    public static String dead(String function) {
        return DEAD + function;
    }
}
