package dev.memoir.media;

import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * The identity of content: the SHA-256 (FIPS 180-4) of the bytes that were read, as 64 lower-case hexadecimal digits.
 */
public record Sha256(String hex) {
    private static final Pattern HEX = Pattern.compile("[0-9a-f]{64}");

    public Sha256 {
        if (!HEX.matcher(hex).matches()) {
            throw new IllegalArgumentException("a SHA-256 is 64 lower-case hexadecimal digits, not: " + hex);
        }
    }

    /** @param digest exactly 32 bytes */
    public static Sha256 of(byte[] digest) {
        return new Sha256(HexFormat.of().formatHex(digest));
    }

    /** The 32 bytes of the digest. */
    public byte[] bytes() {
        return HexFormat.of().parseHex(hex);
    }

    @Override
    public String toString() {
        return hex;
    }
}
