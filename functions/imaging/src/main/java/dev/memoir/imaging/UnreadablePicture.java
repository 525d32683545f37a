package dev.memoir.imaging;

/** A file's bytes don't make a picture; the message says why, for people. */
final class UnreadablePicture extends Exception {
    UnreadablePicture(String reason) {
        super(reason);
    }
}
