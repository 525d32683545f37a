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
    /** Those that find and describe faces; only who wants faces needs them: {@code memoir faces} and {@code up --faces on}. */
    MODELS_FACES("models-faces"),
    /** The one that finds objects; who does without has labels all the same. */
    MODELS_OBJECTS("models-objects"),
    /** Photos and videos for {@code memoir demo} and for tests; folders in {@link Samples}. */
    SAMPLES("samples"),
    /** Files of rare formats, all in one folder, out of a heavy package; never installed unasked. */
    SAMPLES_TIKA("samples-tika"),
    /** An issuer that tests log in at; the archive as it comes, since only they unpack it. */
    KEYCLOAK("keycloak");

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
        all.add(MODELS_OBJECTS);
        all.add(SAMPLES);
        all.add(MINIO);
        all.add(KEYCLOAK);
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
