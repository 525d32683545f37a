package dev.memoir.parts;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** Everything that can be installed; {@code parts.json} has one entry for each. */
public enum Part {
    VERSITYGW("versitygw"),
    NATS_SERVER("nats-server"),
    /** The store for those who ask for it, and for tests; {@code up} never installs it unasked, since it takes minutes to build. */
    MINIO("minio"),
    POSTGRESQL("postgresql"),
    FFMPEG("ffmpeg"),
    LIBVIPS("libvips"),
    MODELS("models"),
    /** Those that find and describe faces; {@code up} doesn't need them, {@code memoir faces} installs them. */
    MODELS_FACES("models-faces"),
    /** Photos and videos for {@code memoir demo} and for tests; folders in {@link Samples}. */
    SAMPLES("samples"),
    /** Files of rare formats, all in one folder, out of a heavy package; never installed unasked. */
    SAMPLES_TIKA("samples-tika");

    private final String id;

    Part(String id) {
        this.id = id;
    }

    /** The name that a person types and that {@code parts.json} has. */
    public String id() {
        return id;
    }

    /** What {@code memoir up} needs. */
    public static Set<Part> needed() {
        return EnumSet.of(VERSITYGW, NATS_SERVER, POSTGRESQL, FFMPEG, LIBVIPS, MODELS);
    }

    /** What {@code memoir test} needs. */
    public static Set<Part> neededByTests() {
        Set<Part> all = needed();
        all.add(MODELS_FACES);
        all.add(SAMPLES);
        all.add(MINIO);
        return all;
    }

    /** @throws PartsException if no part has that name */
    public static Part named(String id) {
        return Arrays.stream(values())
                .filter(part -> part.id.equals(id.toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> new PartsException("There is no part named \"" + id + "\". Parts: "
                        + Arrays.stream(values()).map(Part::id).collect(Collectors.joining(", "))));
    }
}
