package dev.memoir.ai.model;

/** A model's file is not where it should be, or is not the file that the catalogue means. Says how to mend it. */
public class ModelMissing extends RuntimeException {
    public ModelMissing(String message) {
        super(message);
    }

    public ModelMissing(String message, Throwable cause) {
        super(message, cause);
    }
}
