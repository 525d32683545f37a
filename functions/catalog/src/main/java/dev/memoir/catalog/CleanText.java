package dev.memoir.catalog;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Text out of files may hold anything. PostgreSQL refuses NUL and half characters (unpaired surrogates), and nobody
 * reads a tag of a megabyte.
 */
final class CleanText {
    /** Characters of a title, a keyword, a camera's name. */
    static final int SHORT = 1_000;

    /** Characters of a description or the value of a raw tag. */
    static final int LONG = 10_000;

    /** Characters of all raw tags of an asset together. */
    private static final int ALL_TAGS = 200_000;

    private CleanText() {}

    static Optional<String> of(Optional<String> text, int longest) {
        return text.map(t -> of(t, longest)).filter(t -> !t.isBlank());
    }

    static String of(String text, int longest) {
        StringBuilder clean = new StringBuilder(Math.min(text.length(), longest));
        for (int i = 0; i < text.length() && clean.length() < longest; ) {
            int character = text.codePointAt(i);
            i += Character.charCount(character);
            if (character >= Character.MIN_SURROGATE && character <= Character.MAX_SURROGATE) {
                clean.append('\uFFFD');
            } else if (character != 0) {
                clean.appendCodePoint(character);
            }
        }
        return clean.toString();
    }

    /** The tags in their order until there are too many. */
    static Map<String, Map<String, String>> tags(Map<String, Map<String, String>> raw) {
        Map<String, Map<String, String>> clean = new LinkedHashMap<>();
        int left = ALL_TAGS;
        for (var directory : raw.entrySet()) {
            Map<String, String> tags = new LinkedHashMap<>();
            for (var tag : directory.getValue().entrySet()) {
                String name = of(tag.getKey(), SHORT);
                String value = of(tag.getValue(), LONG);
                left -= name.length() + value.length();
                if (left < 0) {
                    break;
                }
                tags.put(name, value);
            }
            clean.put(of(directory.getKey(), SHORT), tags);
        }
        return clean;
    }
}
