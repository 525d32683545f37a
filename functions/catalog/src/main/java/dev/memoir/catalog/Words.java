package dev.memoir.catalog;

import java.text.Normalizer;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Cuts text into the words it is found by: case and accents do not matter, and scripts that write without spaces are cut
 * into overlapping pairs of characters. What is stored and what is asked for go through the same cut.
 */
public final class Words {
    private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}]+");
    private static final Pattern MARKS = Pattern.compile("\\p{M}+");

    /** The Japanese sound mark, which Unicode counts to no one script. */
    private static final int PROLONGED = 0x30FC;

    private Words() {}

    /** The words of a text, each once, in their order. */
    public static Set<String> of(String text) {
        String folded = MARKS.matcher(Normalizer.normalize(text, Normalizer.Form.NFKD))
                .replaceAll("")
                .toLowerCase(Locale.ROOT);
        Set<String> words = new LinkedHashSet<>();
        Matcher matcher = WORD.matcher(folded);
        while (matcher.find()) {
            add(matcher.group(), words);
        }
        return words;
    }

    private static void add(String word, Set<String> words) {
        int[] characters = word.codePoints().toArray();
        int start = 0;
        for (int i = 1; i <= characters.length; i++) {
            boolean boundary = i == characters.length || unspaced(characters[i]) != unspaced(characters[start]);
            if (boundary && unspaced(characters[start])) {
                addPairs(characters, start, i, words);
            } else if (boundary) {
                words.add(new String(characters, start, i - start));
            }
            start = boundary ? i : start;
        }
    }

    private static void addPairs(int[] characters, int start, int end, Set<String> words) {
        if (end - start == 1) {
            words.add(new String(characters, start, 1));
        }
        for (int i = start; i + 1 < end; i++) {
            words.add(new String(characters, i, 2));
        }
    }

    private static boolean unspaced(int character) {
        if (character == PROLONGED) {
            return true;
        }
        return switch (Character.UnicodeScript.of(character)) {
            case HAN, HIRAGANA, KATAKANA, THAI, LAO, KHMER, MYANMAR -> true;
            default -> false;
        };
    }
}
