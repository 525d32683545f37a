package dev.memoir.store;

/** The store did not do what it was asked: away, full, or it refused. Trying again later may help. */
public class StoreException extends RuntimeException {
    public StoreException(String message, Throwable cause) {
        super(message, cause);
    }

    public StoreException(String message) {
        super(message);
    }
}
