package dev.memoir.store;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** How a key becomes the path of an address, and which keys can't. */
final class Addresses {
    /** Of a key in UTF-8, by Amazon's "Naming Amazon S3 objects". */
    private static final int LONGEST_KEY = 1024;

    private static final String HEX = "0123456789ABCDEF";

    private Addresses() {}

    /** {@code /bucket/key} percent-encoded once, each slash of the key kept. */
    static String path(String bucket, String key) {
        return "/" + bucket + "/" + encode(key, true);
    }

    /** Percent-encodes every byte but RFC 3986's unreserved characters, as signatures demand. */
    static String encode(String text, boolean keepSlashes) {
        StringBuilder encoded = new StringBuilder(text.length() + 16);
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xff);
            if (unreserved(c) || keepSlashes && c == '/') {
                encoded.append(c);
            } else {
                encoded.append('%').append(HEX.charAt(c >> 4)).append(HEX.charAt(c & 15));
            }
        }
        return encoded.toString();
    }

    private static boolean unreserved(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || "-._~".indexOf(c) >= 0;
    }

    /**
     * Why a key can't be addressed. Some stores keep {@code a//b} and {@code a/b} apart, others (every one that keeps
     * objects as files) silently fold them and {@code .} and {@code ..} into one, which would give one person's key the
     * content of another's; clients fold them too. So such keys are refused before they are sent.
     */
    static Optional<String> refusal(String key) {
        if (key.isEmpty()) {
            return Optional.of("it is empty");
        }
        if (key.getBytes(StandardCharsets.UTF_8).length > LONGEST_KEY) {
            return Optional.of("it is longer than " + LONGEST_KEY + " bytes");
        }
        if (key.indexOf('\0') >= 0 || !StandardCharsets.UTF_8.newEncoder().canEncode(key)) {
            return Optional.of("it holds a character that no address can carry");
        }
        if (key.startsWith("/") || key.contains("//")) {
            return Optional.of("a folder in it has no name (a leading or double slash)");
        }
        for (String segment : key.split("/", -1)) {
            if (segment.equals(".") || segment.equals("..")) {
                return Optional.of("a folder in it is named \"" + segment + "\"");
            }
        }
        return Optional.empty();
    }

    static void check(String bucket, String key) {
        refusal(key).ifPresent(why -> {
            throw new KeyRefusedException(bucket, key, why);
        });
    }
}
