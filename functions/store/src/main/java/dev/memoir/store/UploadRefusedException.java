package dev.memoir.store;

/** An upload in parts can't be completed as asked; the store itself is well. */
public final class UploadRefusedException extends StoreException {
    private final Reason reason;

    /** Why it can't be completed. */
    public enum Reason {
        /** There is no such upload: never begun, or completed or dropped before. */
        UNKNOWN,
        /** The store has other parts than were told. The upload stays open. */
        PARTS_DIFFER,
        /** The store refuses what was sent as parts, such as one that is too small. */
        PARTS_REFUSED
    }

    UploadRefusedException(Reason reason, String message, Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
