package dev.memoir.media.access;

/**
 * What the rules ask of an item.
 *
 * @param owner whose it is
 * @param sensitive whether it is not for children
 * @param trashed whether it is in the trash
 */
public record Thing(String owner, boolean sensitive, boolean trashed) {
    /** A model's NSFW score (0 to 1) above which something is not for children. */
    public static final double SENSITIVE = 0.8;
}
