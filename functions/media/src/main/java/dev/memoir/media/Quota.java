package dev.memoir.media;

import java.math.BigInteger;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How much somebody may keep: the attribute {@link #ATTRIBUTE} of their claims.
 *
 * @param bytes at least 0
 */
public record Quota(long bytes) {
    /** Holds a whole number of bytes, or of units of 1024 such as {@code 200G}. */
    public static final String ATTRIBUTE = "quota";

    private static final Pattern TEXT = Pattern.compile("([0-9]{1,19})([KMGT]?)");

    private static final String UNITS = "KMGT";

    /**
     * Reads it as people write it.
     *
     * @throws IllegalArgumentException when it is none
     */
    public static Quota of(String text) {
        Matcher parts = TEXT.matcher(text.strip().toUpperCase(Locale.ROOT));
        if (parts.matches()) {
            int power = parts.group(2).isEmpty() ? 0 : UNITS.indexOf(parts.group(2)) + 1;
            BigInteger bytes = new BigInteger(parts.group(1)).shiftLeft(10 * power);
            if (bytes.bitLength() < Long.SIZE) {
                return new Quota(bytes.longValue());
            }
        }
        throw new IllegalArgumentException(
                "a quota is a number of bytes, or of K, M, G or T of them such as 200G, not " + text);
    }

    /** Empty where somebody may keep as much as they like. */
    public static Optional<Quota> of(Map<String, String> attributes) {
        return Optional.ofNullable(attributes.get(ATTRIBUTE)).map(Quota::of);
    }

    /** Bytes as people read them, such as {@code 1.5 GiB}. */
    public static String readable(long bytes) {
        int power = 0;
        double value = bytes;
        while (value >= 1024 && power < UNITS.length()) {
            value /= 1024;
            power++;
        }
        return power == 0 ? bytes + " bytes" : String.format(Locale.ROOT, "%.1f %siB", value, UNITS.charAt(power - 1));
    }
}
