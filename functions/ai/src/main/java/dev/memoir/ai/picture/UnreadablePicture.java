package dev.memoir.ai.picture;

/** The bytes are no picture that can be decoded here. */
public class UnreadablePicture extends RuntimeException {
    public UnreadablePicture(String message, Throwable cause) {
        super(message, cause);
    }

    public UnreadablePicture(String message) {
        super(message);
    }
}
