package dev.memoir.parts;

/** A part that is missing or could not be installed; the message says what to do next. */
public class PartsException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public PartsException(String message) {
        super(message);
    }

    public PartsException(String message, Throwable cause) {
        super(message, cause);
    }
}
