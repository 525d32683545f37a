package dev.memoir.imaging;

import java.util.Optional;

/** Text out of files: nothing in it is fit for a database until it went through here. */
final class Texts {
    private Texts() {}

    /** Without control characters (NUL is what PostgreSQL refuses), halves of surrogate pairs and outer blanks; cut. */
    static String clean(String text, int most) {
        StringBuilder clean = new StringBuilder(Math.min(text.length(), most));
        text.codePoints().limit(most * 4L).forEach(c -> {
            boolean half = c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE;
            boolean control = Character.isISOControl(c) && c != '\n' && c != '\t';
            int length = clean.length() + Character.charCount(c);
            if (!half && !control && c != 0xFFFE && c != 0xFFFF && length <= most) {
                clean.appendCodePoint(c);
            }
        });
        return clean.toString().strip();
    }

    /** Empty too for what is not text at all: bytes that no one meant as characters. */
    static Optional<String> some(String text, int most) {
        return Optional.ofNullable(text)
                .map(t -> clean(t, most))
                .filter(t -> !t.isEmpty() && t.chars().filter(c -> c == 0xFFFD).count() * 10 <= t.length());
    }
}
