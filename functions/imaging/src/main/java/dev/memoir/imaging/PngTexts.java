package dev.memoir.imaging;

import com.drew.lang.ByteArrayReader;
import com.drew.lang.KeyValuePair;
import com.drew.metadata.Metadata;
import com.drew.metadata.exif.ExifReader;
import com.drew.metadata.png.PngDirectory;
import com.drew.metadata.xmp.XmpReader;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The texts of a PNG, by their keywords (PNG specification, 11.3.3), in which programs kept EXIF before PNG had a place for it. */
final class PngTexts {
    /** As ImageMagick and those that followed it write them: a kind, a count of bytes, and these in hexadecimal digits. */
    private static final Pattern RAW_PROFILE = Pattern.compile("\\s*\\w+\\s+\\d+\\s+([0-9A-Fa-f\\s]+)");

    private static final byte[] EXIF_PREAMBLE = {'E', 'x', 'i', 'f', 0, 0};

    private PngTexts() {}

    /** The first text for each keyword. */
    static Map<String, String> of(Metadata metadata) {
        Map<String, String> texts = new TreeMap<>();
        for (PngDirectory directory : metadata.getDirectoriesOfType(PngDirectory.class)) {
            if (directory.getObject(PngDirectory.TAG_TEXTUAL_DATA) instanceof List<?> pairs) {
                for (Object pair : pairs) {
                    if (pair instanceof KeyValuePair text) {
                        texts.putIfAbsent(text.getKey(), text.getValue().toString());
                    }
                }
            }
        }
        return texts;
    }

    /** Adds what is in a text for another kind of tags. */
    static void unfold(Metadata metadata) {
        Map<String, String> texts = of(metadata);
        for (String keyword : List.of("Raw profile type exif", "Raw profile type APP1", "Raw profile type xmp")) {
            Matcher profile = RAW_PROFILE.matcher(texts.getOrDefault(keyword, ""));
            if (!profile.matches()) {
                continue;
            }
            String digits = profile.group(1).replaceAll("\\s", "");
            byte[] bytes = HexFormat.of().parseHex(digits, 0, digits.length() & ~1);
            if (keyword.endsWith("xmp")) {
                new XmpReader().extract(bytes, metadata);
            } else if (HexFormat.of().formatHex(bytes).startsWith(HexFormat.of().formatHex(EXIF_PREAMBLE))) {
                new ExifReader().extract(new ByteArrayReader(bytes, EXIF_PREAMBLE.length), metadata);
            }
        }
    }
}
