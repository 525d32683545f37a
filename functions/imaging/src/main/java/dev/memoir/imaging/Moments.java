package dev.memoir.imaging;

import com.drew.metadata.Metadata;
import com.drew.metadata.exif.ExifDirectoryBase;
import com.drew.metadata.exif.ExifIFD0Directory;
import com.drew.metadata.exif.ExifSubIFDDirectory;
import com.drew.metadata.exif.GpsDirectory;
import com.drew.metadata.iptc.IptcDirectory;
import com.drew.metadata.xmp.XmpDirectory;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Collects what a file says of the time. */
final class Moments {
    private static final int SHORT = 60;

    /** Time → its offset, in the order of EXIF's tags. */
    private static final Map<Integer, Integer> ZONES = new TreeMap<>(Map.of(
            ExifDirectoryBase.TAG_DATETIME, ExifDirectoryBase.TAG_TIME_ZONE,
            ExifDirectoryBase.TAG_DATETIME_ORIGINAL, ExifDirectoryBase.TAG_TIME_ZONE_ORIGINAL,
            ExifDirectoryBase.TAG_DATETIME_DIGITIZED, ExifDirectoryBase.TAG_TIME_ZONE_DIGITIZED));

    private final Metadata metadata;
    private final Map<String, String> container;
    private final Dates dates;

    Moments(Metadata metadata, Map<String, String> container, Dates dates) {
        this.metadata = metadata;
        this.container = container;
        this.dates = dates;
    }

    TakenTimes takenTimes(String name) {
        String last = name.substring(name.lastIndexOf('/') + 1);
        return new TakenTimes(written(), satellites(), container(), dates.inName(last));
    }

    /** From the moment of the shot to the moment of the last change; each with the offset of its own. */
    private Optional<Dates.Written> written() {
        return Stream.<Supplier<Optional<Dates.Written>>>of(
                        () -> exif(
                                ExifDirectoryBase.TAG_DATETIME_ORIGINAL,
                                ExifDirectoryBase.TAG_SUBSECOND_TIME_ORIGINAL,
                                ExifDirectoryBase.TAG_TIME_ZONE_ORIGINAL),
                        () -> ContainerTags.creationDate(metadata).flatMap(dates::written),
                        () -> Optional.ofNullable(container.get("com.apple.quicktime.creationdate"))
                                .flatMap(dates::written),
                        () -> xmp("exif:DateTimeOriginal"),
                        () -> exif(
                                ExifDirectoryBase.TAG_DATETIME_DIGITIZED,
                                ExifDirectoryBase.TAG_SUBSECOND_TIME_DIGITIZED,
                                ExifDirectoryBase.TAG_TIME_ZONE_DIGITIZED),
                        () -> xmp("photoshop:DateCreated"),
                        this::iptc,
                        () -> xmp("xmp:CreateDate"),
                        () -> Optional.ofNullable(PngTexts.of(metadata).get("Creation Time"))
                                .flatMap(text -> dates.written(text).or(() -> dates.sent(text))),
                        () -> exif(
                                ExifDirectoryBase.TAG_DATETIME,
                                ExifDirectoryBase.TAG_SUBSECOND_TIME,
                                ExifDirectoryBase.TAG_TIME_ZONE))
                .flatMap(source -> source.get().stream())
                .findFirst();
    }

    private Optional<Dates.Written> exif(int time, int fraction, int zone) {
        return exif(time)
                .flatMap(text -> dates.written(exif(fraction)
                                .filter(f -> f.matches("\\d{1,9}"))
                                .map(f -> text + "." + f)
                                .orElse(text))
                        .or(() -> dates.written(text)))
                .map(written -> written.offset().isPresent()
                        ? written
                        : new Dates.Written(written.local(), zone(time, zone), written.timed()));
    }

    /** Some write the offset for one of the three moments only: it holds for another that is the same. */
    private Optional<ZoneOffset> zone(int time, int zone) {
        return exif(zone)
                .flatMap(Dates::offset)
                .or(() -> ZONES.entrySet().stream()
                        .filter(other -> exif(time).equals(exif(other.getKey())))
                        .flatMap(other -> exif(other.getValue()).flatMap(Dates::offset).stream())
                        .findFirst());
    }

    private Optional<String> exif(int tag) {
        return Stream.concat(
                        Findings.texts(metadata, ExifSubIFDDirectory.class, tag, SHORT),
                        Findings.texts(metadata, ExifIFD0Directory.class, tag, SHORT))
                .findFirst();
    }

    private Optional<Dates.Written> xmp(String property) {
        return metadata.getDirectoriesOfType(XmpDirectory.class).stream()
                .map(xmp -> xmp.getXmpProperties().get(property))
                .filter(text -> text != null)
                .flatMap(text -> dates.written(text).stream())
                .findFirst();
    }

    /** {@code 20191220} and {@code 170832-0300} (IPTC IIM 4.2, 2:55 and 2:60). */
    private Optional<Dates.Written> iptc() {
        Optional<String> day = iptc(IptcDirectory.TAG_DATE_CREATED)
                .map(text -> text.replaceFirst("^(\\d{4})(\\d{2})(\\d{2})$", "$1-$2-$3"));
        Optional<String> time = iptc(IptcDirectory.TAG_TIME_CREATED)
                .map(text -> text.replaceFirst("^(\\d{2})(\\d{2})(\\d{2})", "$1:$2:$3"));
        return day.flatMap(d -> time.flatMap(t -> dates.written(d + " " + t)).or(() -> dates.written(d)));
    }

    private Optional<String> iptc(int tag) {
        return Findings.texts(metadata, IptcDirectory.class, tag, SHORT).findFirst();
    }

    private Optional<LocalDateTime> satellites() {
        return metadata.getDirectoriesOfType(GpsDirectory.class).stream()
                .map(GpsDirectory::getGpsDate)
                .filter(date -> date != null)
                .map(date -> LocalDateTime.ofInstant(date.toInstant(), ZoneOffset.UTC))
                .flatMap(utc -> dates.sensible(utc).stream())
                .findFirst();
    }

    private Optional<LocalDateTime> container() {
        return Optional.ofNullable(container.get("creation_time"))
                .flatMap(dates::written)
                .map(w ->
                        w.local().minusSeconds(w.offset().orElse(ZoneOffset.UTC).getTotalSeconds()))
                .or(() -> ContainerTags.created(metadata))
                .flatMap(dates::sensible);
    }
}
