package dev.memoir.models;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What a model is asked to do with a picture. */
public enum Task {
    /** How probably the picture is not safe for work: one number. */
    NSFW,
    /** What the picture shows: names with confidences. */
    LABELS,
    /** Which things the picture shows, and where. */
    OBJECTS,
    /** What the picture means, as a direction that words can be compared with. */
    WORDS,
    /** Where faces are. */
    FACE_DETECTION,
    /** Where in a face the eyes and the nose are. */
    FACE_LANDMARKS,
    /** Whose face it is, as numbers to compare. */
    FACE_EMBEDDING;

    /** The name in the catalogue, in events and in the database: {@code nsfw}, {@code face-detection}. */
    @JsonValue
    public String wireName() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    @JsonCreator
    public static Task ofWireName(String name) {
        return valueOf(name.toUpperCase(Locale.ROOT).replace('-', '_'));
    }
}
