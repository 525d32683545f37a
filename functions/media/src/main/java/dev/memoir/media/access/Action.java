package dev.memoir.media.access;

/** What somebody wants with an item. */
public enum Action {
    /** In lists, counts, facets and searches, too, and its original and renditions. */
    SEE,
    /** Editing what is said of it, into the trash and out of it, and having the models look at it again. */
    CHANGE
}
