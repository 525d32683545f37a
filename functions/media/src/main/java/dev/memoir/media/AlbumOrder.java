package dev.memoir.media;

/** How an album's pictures are ordered. */
public enum AlbumOrder {
    /** As they were put. */
    MANUAL,
    /** The newest first. */
    BY_TIME
}
