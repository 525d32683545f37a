package dev.memoir.catalog;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * One thing that an item is found by, such as {@code w:beach} or {@code t:image/jpeg}. Terms are compared for equality
 * only: under row security that is the search which keeps its index.
 *
 * @param kind what the value is
 * @param value as facets show it
 */
public record Term(Kind kind, String value) {
    /** Index rows must stay below a third of a page; no value that people search for is longer. */
    private static final int MAX_BYTES = 200;

    /** Values of {@link Kind#MARK}. */
    static final String FAVOURITE = "favourite";

    static final String ARCHIVED = "archived";

    public Term {
        value = shortened(value);
    }

    /** The text of the index rows. */
    public String text() {
        return kind.letter + ":" + value;
    }

    /** @param text as {@link #text()} gave it */
    public static Term parse(String text) {
        for (Kind kind : Kind.values()) {
            if (text.length() > 1 && text.charAt(0) == kind.letter && text.charAt(1) == ':') {
                return new Term(kind, text.substring(2));
            }
        }
        throw new IllegalArgumentException("not a term: " + text);
    }

    /** A value over the limit keeps its beginning and gets the hash of the whole, so that it stays itself. */
    private static String shortened(String value) {
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        if (bytes.length <= MAX_BYTES) {
            return value;
        }
        int end = MAX_BYTES - 33;
        while ((bytes[end] & 0xC0) == 0x80) {
            end--;
        }
        return new String(bytes, 0, end, StandardCharsets.UTF_8) + "#" + hash(bytes);
    }

    private static String hash(byte[] bytes) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
            return HexFormat.of().formatHex(digest, 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What a term's value is. */
    public enum Kind {
        /** A word of the title, the description, the keywords, the file's name, a label or the camera. */
        WORD('w', false),
        /** A model's label, whole. */
        LABEL('l', true),
        /** Maker and model of the camera. */
        CAMERA('c', true),
        /** An IANA media type. */
        MEDIA_TYPE('t', true),
        /** {@code image}, {@code video} or {@code other}. */
        MEDIA_KIND('k', true),
        /** The year on the wall clock where it was taken. */
        YEAR('y', true),
        /** The first decimal of the NSFW score, 0 to 9. */
        NSFW('n', true),
        /** The asset's state. */
        STATE('s', true),
        /** 0 to 5 stars. */
        RATING('r', true),
        /** What a person marked it with. */
        MARK('m', true),
        /** A {@link GeoCell}. */
        CELL('g', false),
        /** The id of a person who is seen in it. */
        PERSON('p', true),
        /** A word of such a person's name. */
        PERSON_WORD('q', false);

        private final char letter;
        private final boolean counted;

        Kind(char letter, boolean counted) {
            this.letter = letter;
            this.counted = counted;
        }

        /** Whether the catalog keeps a count of the items that carry each value. */
        public boolean counted() {
            return counted;
        }

        /** The name of its rows among the counts. */
        String letter() {
            return String.valueOf(letter);
        }
    }
}
