package dev.memoir.runner.database;

/** Keeps the database awake while somebody needs it. */
public interface Lease {
    /**
     * Returns when the database answers.
     *
     * @throws DatabaseDown when it can't be started
     */
    Held acquire() throws DatabaseDown, InterruptedException;

    /** One holder's share. Closing it twice is harmless. */
    interface Held extends AutoCloseable {
        @Override
        void close();
    }

    /** A database that somebody else keeps awake, given by its address. */
    static Lease alwaysAwake() {
        return () -> () -> {};
    }
}
