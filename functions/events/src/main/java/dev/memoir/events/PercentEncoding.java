package dev.memoir.events;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** How CloudEvents' HTTP binding (1.0.2, section 3.1.3.2) puts any text in a header. */
final class PercentEncoding {
    private static final String HEX = "0123456789ABCDEF";

    private PercentEncoding() {}

    /** Encodes what is not printable ASCII, and the space, the double quote and the percent sign. */
    static String encode(String text) {
        StringBuilder encoded = new StringBuilder(text.length());
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            int c = b & 0xff;
            if (c <= 0x20 || c == '"' || c == '%' || c >= 0x7f) {
                encoded.append('%').append(HEX.charAt(c >> 4)).append(HEX.charAt(c & 15));
            } else {
                encoded.append((char) c);
            }
        }
        return encoded.toString();
    }

    /** Decodes what is encoded; a percent sign that encodes nothing stands for itself. */
    static String decode(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(text.length());
        byte[] written = text.getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < written.length; i++) {
            int high = i + 2 < written.length ? Character.digit(written[i + 1], 16) : -1;
            int low = i + 2 < written.length ? Character.digit(written[i + 2], 16) : -1;
            if (written[i] == '%' && high >= 0 && low >= 0) {
                bytes.write(high << 4 | low);
                i += 2;
            } else {
                bytes.write(written[i]);
            }
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
