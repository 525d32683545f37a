package dev.memoir.models;

import java.util.Locale;

/** Who says what pictures show and whether they are safe for work. Faces are always looked for by the models here. */
public enum VisionProvider {
    /** The catalogue's models. */
    LOCAL("", ""),
    /** AWS Rekognition, by the version of its interface. */
    REKOGNITION("aws-rekognition", "2016-06-27"),
    /** Google Cloud Vision. */
    GOOGLE("google-vision", "v1");

    private final String model;
    private final String version;

    VisionProvider(String model, String version) {
        this.model = model;
        this.version = version;
    }

    /** What its answers are kept under, as a model of the catalogue is. */
    public String model() {
        return model;
    }

    /** Of its interface: what model answers behind it may change without a word. */
    public String version() {
        return version;
    }

    /** @throws IllegalArgumentException when there is none of that name */
    public static VisionProvider named(String name) {
        for (VisionProvider provider : values()) {
            if (provider.name().toLowerCase(Locale.ROOT).equals(name)) {
                return provider;
            }
        }
        throw new IllegalArgumentException("MEMOIR_VISION is local, rekognition or google, not " + name);
    }
}
