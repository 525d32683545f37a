package dev.memoir.runner.database;

/** The database can't be started now; the message says why. */
public final class DatabaseDown extends Exception {
    public DatabaseDown(String message, Throwable cause) {
        super(message, cause);
    }
}
