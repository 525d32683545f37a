package dev.memoir.media.access;

/** What somebody wants with an album, as against the pictures in it. */
public enum AlbumAction {
    /** Its name, and those of its pictures that no rule hides. */
    SEE("sees the album and what is in it", AlbumRole.VIEW),
    /** Only pictures that they may change; and they take those out again. */
    ADD("adds pictures that they may change, and takes those out again", AlbumRole.CONTRIBUTE),
    /** Name, description, cover, parent, order, rule; and takes out what others added. */
    EDIT("changes its name, cover and order, and takes out what others added", AlbumRole.MANAGE),
    SHARE("says who else has it, and as what", AlbumRole.MANAGE),
    DELETE("removes the album; its pictures stay", AlbumRole.OWN);

    private final String words;
    private final AlbumRole least;

    AlbumAction(String words, AlbumRole least) {
        this.words = words;
        this.least = least;
    }

    /** The role from which on it is allowed. */
    public AlbumRole least() {
        return least;
    }

    /** For people: what it is that they do. */
    public String words() {
        return words;
    }
}
