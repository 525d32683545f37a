package dev.memoir.imaging;

import com.drew.metadata.Directory;
import com.drew.metadata.Metadata;
import com.drew.metadata.exif.ExifDirectoryBase;
import com.drew.metadata.exif.ExifIFD0Directory;
import com.drew.metadata.exif.ExifSubIFDDirectory;
import com.drew.metadata.exif.makernotes.AppleMakernoteDirectory;
import dev.memoir.media.Facts;
import dev.memoir.media.Facts.Camera;
import dev.memoir.media.Facts.Exposure;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Turns tags into facts: of the many tags for one thing the most trusted that makes sense. */
final class Findings {
    private static final int LONG_TEXT = 4000;
    private static final int SHORT_TEXT = 200;

    private final Metadata metadata;
    private final Map<String, String> container;
    private final Optional<Film> film;
    private final Dates dates;
    private final XmpTags xmp;

    Findings(Metadata metadata, Optional<Film> film, Dates dates) {
        this.metadata = metadata;
        this.film = film;
        this.container = film.map(Film::tags).orElse(Map.of());
        this.dates = dates;
        this.xmp = new XmpTags(metadata);
    }

    Facts facts(String mediaType, String name) {
        Optional<Integer> orientation = integer(ExifIFD0Directory.class, ExifDirectoryBase.TAG_ORIENTATION)
                .filter(o -> o >= 1 && o <= 8);
        Optional<Size> size =
                Size.of(metadata, film, orientation.filter(o -> o >= 5).isPresent());
        Words words = new Words(metadata, container);
        boolean moving = mediaType.startsWith("video/") || mediaType.startsWith("audio/");
        return new Facts(
                mediaType,
                size.map(Size::width),
                size.map(Size::height),
                orientation,
                moving
                        ? film.flatMap(Film::durationSeconds).or(() -> ContainerTags.duration(metadata))
                        : Optional.empty(),
                new Moments(metadata, container, dates).takenTimes(name).best(),
                Whereabouts.of(metadata, container),
                camera(),
                exposure(),
                words.rating(),
                words.title(),
                words.description(),
                words.keywords(),
                livePhotoId(),
                RawTags.of(metadata, containerTags()));
    }

    private Map<String, String> containerTags() {
        Map<String, String> tags = new TreeMap<>(container);
        film.flatMap(Film::picture).filter(p -> !p.codec().isEmpty()).ifPresent(p -> tags.put("codec", p.codec()));
        return tags;
    }

    private Camera camera() {
        return new Camera(
                text(ExifIFD0Directory.class, ExifDirectoryBase.TAG_MAKE)
                        .or(() -> tag("com.apple.quicktime.make", "com.android.manufacturer", "make"))
                        .or(() -> xmp.text(SHORT_TEXT, "tiff:Make")),
                text(ExifIFD0Directory.class, ExifDirectoryBase.TAG_MODEL)
                        .or(() -> tag("com.apple.quicktime.model", "com.android.model", "model"))
                        .or(() -> xmp.text(SHORT_TEXT, "tiff:Model")),
                text(ExifSubIFDDirectory.class, ExifDirectoryBase.TAG_LENS_MODEL)
                        .or(() -> xmp.text(SHORT_TEXT, "exifEX:LensModel", "aux:Lens"))
                        .or(() -> text(ExifSubIFDDirectory.class, ExifDirectoryBase.TAG_LENS)));
    }

    private Exposure exposure() {
        Optional<Double> seconds = number(ExifDirectoryBase.TAG_EXPOSURE_TIME, 86_400)
                .or(() -> apex(ExifDirectoryBase.TAG_SHUTTER_SPEED).map(v -> Math.pow(2, -v)))
                .or(() -> repeated("exif:ExposureTime", 86_400));
        Optional<Double> fNumber = number(ExifDirectoryBase.TAG_FNUMBER, 1000)
                .or(() -> apex(ExifDirectoryBase.TAG_APERTURE).map(v -> Math.pow(2, v / 2)))
                .or(() -> repeated("exif:FNumber", 1000));
        return new Exposure(
                seconds,
                fNumber,
                number(ExifDirectoryBase.TAG_FOCAL_LENGTH, 100_000).or(() -> repeated("exif:FocalLength", 100_000)),
                number(ExifDirectoryBase.TAG_35MM_FILM_EQUIV_FOCAL_LENGTH, 100_000)
                        .or(() -> repeated("exif:FocalLengthIn35mmFilm", 100_000))
                        .map(Double::intValue),
                // 65535 is what the two bytes of this tag hold when the true value is greater.
                number(ExifDirectoryBase.TAG_ISO_EQUIVALENT, 65_534)
                        .or(() -> number(ExifDirectoryBase.TAG_RECOMMENDED_EXPOSURE_INDEX, 10_000_000))
                        .or(() -> number(ExifDirectoryBase.TAG_ISO_SPEED, 10_000_000))
                        .or(() -> repeated("exif:ISOSpeedRatings[1]", 10_000_000))
                        .or(() -> repeated("exifEX:PhotographicSensitivity", 10_000_000))
                        .map(Double::intValue));
    }

    /** The additive system of EXIF 2.32, annex C: values beyond these are no exposures. */
    private Optional<Double> apex(int tag) {
        return value(tag).filter(v -> v > -20 && v < 30);
    }

    private Optional<Double> number(int tag, double most) {
        return value(tag).filter(v -> v > 0 && v <= most);
    }

    private Optional<Double> repeated(String property, double most) {
        return xmp.number(property).filter(v -> v > 0 && v <= most);
    }

    private Optional<Double> value(int tag) {
        return Stream.concat(
                        metadata.getDirectoriesOfType(ExifSubIFDDirectory.class).stream(),
                        metadata.getDirectoriesOfType(ExifIFD0Directory.class).stream())
                .map(directory -> directory.getDoubleObject(tag))
                .filter(v -> v != null && Double.isFinite(v))
                .findFirst();
    }

    private Optional<String> livePhotoId() {
        return text(AppleMakernoteDirectory.class, AppleMakernoteDirectory.TAG_CONTENT_IDENTIFIER)
                .or(() -> ContainerTags.contentIdentifier(metadata))
                .or(() -> tag("com.apple.quicktime.content.identifier"));
    }

    private Optional<String> tag(String... names) {
        return Stream.of(names)
                .map(container::get)
                .flatMap(text -> Texts.some(text, SHORT_TEXT).stream())
                .findFirst();
    }

    private <T extends Directory> Optional<String> text(Class<T> type, int tag) {
        return texts(metadata, type, tag, SHORT_TEXT).findFirst();
    }

    private <T extends Directory> Optional<Integer> integer(Class<T> type, int tag) {
        return metadata.getDirectoriesOfType(type).stream()
                .map(directory -> directory.getInteger(tag))
                .filter(Predicate.not(java.util.Objects::isNull))
                .findFirst();
    }

    /** A tag's values in all directories of a kind, cleaned; empty ones left out. */
    static <T extends Directory> Stream<String> texts(Metadata metadata, Class<T> type, int tag, int most) {
        return metadata.getDirectoriesOfType(type).stream()
                .map(directory -> directory.getString(tag))
                .flatMap(text -> Texts.some(text, Math.min(most, LONG_TEXT)).stream());
    }
}
