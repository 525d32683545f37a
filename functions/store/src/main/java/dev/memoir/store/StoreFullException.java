package dev.memoir.store;

/** The store has no room left: nothing else will be taken either until somebody makes some. */
public final class StoreFullException extends StoreException {
    public StoreFullException(String message, Throwable cause) {
        super(message, cause);
    }
}
