package dev.memoir.sidecars;

/** What lies there is no XMP that can be read. The message is for people and follows the key: "… is larger than …". */
public final class BrokenSidecar extends Exception {
    BrokenSidecar(String message, Throwable cause) {
        super(message, cause);
    }
}
