package dev.memoir.store;

/** Memoir does not address such a key, today or later: trying again won't help. */
public final class KeyRefusedException extends StoreException {
    public KeyRefusedException(String bucket, String key, String why) {
        super("the key \"" + key + "\" of bucket " + bucket + " is refused: " + why);
    }
}
