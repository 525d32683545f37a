package dev.memoir.ai.cloud;

/** A service failed on a picture: counts as an attempt. The message names the service and what it said; never a key. */
public final class VisionFailure extends RuntimeException {
    private static final long serialVersionUID = 1;

    VisionFailure(String message) {
        super(message);
    }

    VisionFailure(String message, Throwable cause) {
        super(message, cause);
    }
}
