package dev.memoir.events;

/** These bytes are no event that Memoir knows. Reading them again won't help. */
public final class UnreadableEventException extends Exception {
    public UnreadableEventException(String message, Throwable cause) {
        super(message, cause);
    }

    public UnreadableEventException(String message) {
        super(message);
    }
}
