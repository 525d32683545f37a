package dev.memoir.ai.words;

/** There is no model here that compares pictures with words. */
public final class NotSearchable extends RuntimeException {
    private static final long serialVersionUID = 1;

    NotSearchable() {
        super("no model that compares pictures with words is installed");
    }
}
