package dev.memoir.media;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a file says of itself: read from its bytes, never from its name, and never changed by an edit.
 *
 * @param mediaType IANA media type found from the content, for instance {@code image/jpeg}
 * @param width pixels, upright (after the orientation was applied)
 * @param height pixels, upright
 * @param orientation EXIF orientation 1 to 8 as stored
 * @param durationSeconds of a video
 * @param takenAt when it was taken, with how that is known
 * @param location where it was taken
 * @param camera the device and lens
 * @param exposure the settings
 * @param rating 0 to 5 stars
 * @param keywords as embedded by other programs, in their order, no duplicates
 * @param livePhotoId the identifier that a live photo's still and film share (Apple content identifier)
 * @param rawTags every tag that could be read: directory name → tag name → value as text
 */
public record Facts(
        String mediaType,
        Optional<Integer> width,
        Optional<Integer> height,
        Optional<Integer> orientation,
        Optional<Double> durationSeconds,
        Optional<TakenAt> takenAt,
        Optional<GeoPoint> location,
        Camera camera,
        Exposure exposure,
        Optional<Integer> rating,
        Optional<String> title,
        Optional<String> description,
        List<String> keywords,
        Optional<String> livePhotoId,
        Map<String, Map<String, String>> rawTags) {

    public Facts {
        keywords = List.copyOf(keywords);
    }

    /** The device and lens, as the file names them. */
    public record Camera(Optional<String> make, Optional<String> model, Optional<String> lens) {
        public static final Camera UNKNOWN = new Camera(Optional.empty(), Optional.empty(), Optional.empty());
    }

    /**
     * @param seconds shutter time
     * @param fNumber focal length by aperture diameter
     * @param focalLength millimetres
     * @param focalLength35 millimetres, as it would be on 35 mm film
     * @param iso film speed, ISO 12232
     */
    public record Exposure(
            Optional<Double> seconds,
            Optional<Double> fNumber,
            Optional<Double> focalLength,
            Optional<Integer> focalLength35,
            Optional<Integer> iso) {
        public static final Exposure UNKNOWN =
                new Exposure(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** Facts of a file of which nothing but its type is known. */
    public static Facts onlyType(String mediaType) {
        return new Facts(
                mediaType,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Camera.UNKNOWN,
                Exposure.UNKNOWN,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Optional.empty(),
                Map.of());
    }

    public MediaKind kind() {
        return MediaKind.of(mediaType);
    }
}
