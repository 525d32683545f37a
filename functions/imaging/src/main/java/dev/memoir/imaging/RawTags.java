package dev.memoir.imaging;

import com.drew.metadata.Directory;
import com.drew.metadata.Metadata;
import com.drew.metadata.Tag;
import com.drew.metadata.xmp.XmpDirectory;
import java.lang.reflect.Array;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Every tag as text, within bounds: a hostile file could hold any number of them. */
final class RawTags {
    private static final int MOST_TAGS = 1500;
    private static final int MOST_CHARACTERS = 500;

    /** Longer lists of numbers are tables for machines. */
    private static final int LONGEST_LIST = 64;

    /** What says nothing of the content: the name and date of our own copy, the library's own errors. */
    private static final Set<String> LEFT_OUT = Set.of("File", "File Type", "Huffman");

    private final Map<String, Map<String, String>> tags = new LinkedHashMap<>();
    private int count;

    static Map<String, Map<String, String>> of(Metadata metadata, Map<String, String> film) {
        RawTags raw = new RawTags();
        for (Directory directory : metadata.getDirectories()) {
            if (!LEFT_OUT.contains(directory.getName())) {
                raw.add(directory);
            }
        }
        if (!film.isEmpty()) {
            film.forEach((name, value) -> raw.put("Container", name, value));
        }
        return raw.tags;
    }

    private void add(Directory directory) {
        String group = group(directory.getName());
        if (directory instanceof XmpDirectory xmp) {
            xmp.getXmpProperties().forEach((name, value) -> put(group, name, value));
            return;
        }
        for (Tag tag : directory.getTags()) {
            Object value = directory.getObject(tag.getTagType());
            boolean blob = value != null
                    && value.getClass().isArray()
                    && (value instanceof byte[] bytes ? bytes.length : Array.getLength(value)) > LONGEST_LIST;
            if (!blob) {
                put(group, tag.getTagName(), describe(tag));
            }
        }
    }

    /** A second directory of the same kind (a second image in the file) gets a number. */
    private String group(String name) {
        String group = name;
        for (int i = 2; tags.containsKey(group) && i < 100; i++) {
            group = name + " " + i;
        }
        return group;
    }

    private static String describe(Tag tag) {
        try {
            return tag.getDescription();
        } catch (RuntimeException e) {
            return null; // a descriptor that trips over a value
        }
    }

    private void put(String group, String name, String value) {
        if (value == null || value.isBlank() || count >= MOST_TAGS) {
            return;
        }
        String previous = tags.computeIfAbsent(group, g -> new LinkedHashMap<>())
                .put(Texts.clean(name, 100), Texts.clean(value, MOST_CHARACTERS));
        count += previous == null ? 1 : 0;
    }
}
