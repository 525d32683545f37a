package dev.memoir.media;

/** The coarse kind of a media type. */
public enum MediaKind {
    IMAGE,
    VIDEO,
    OTHER;

    /** @param mediaType an IANA media type such as {@code image/jpeg} */
    public static MediaKind of(String mediaType) {
        if (mediaType.startsWith("image/")) {
            return IMAGE;
        }
        return mediaType.startsWith("video/") ? VIDEO : OTHER;
    }
}
