package dev.memoir.imaging;

import com.drew.metadata.Directory;
import com.drew.metadata.Metadata;
import com.drew.metadata.mov.QuickTimeDirectory;
import com.drew.metadata.mov.media.QuickTimeVideoDirectory;
import com.drew.metadata.mov.metadata.QuickTimeMetadataDirectory;
import com.drew.metadata.mp4.Mp4Directory;
import com.drew.metadata.mp4.media.Mp4VideoDirectory;
import dev.memoir.media.GeoPoint;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.Optional;
import java.util.stream.Stream;

/** What MP4 and QuickTime containers say by metadata-extractor: for machines without ffprobe, and beside it. */
final class ContainerTags {
    private ContainerTags() {}

    static Optional<Double> duration(Metadata metadata) {
        return Stream.concat(
                        doubles(metadata, Mp4Directory.class, Mp4Directory.TAG_DURATION_SECONDS),
                        doubles(metadata, QuickTimeDirectory.class, QuickTimeDirectory.TAG_DURATION_SECONDS))
                .filter(seconds -> seconds > 0 && seconds < 1e7)
                .findFirst();
    }

    static Optional<Size> size(Metadata metadata) {
        boolean turned = Stream.concat(
                        doubles(metadata, Mp4Directory.class, Mp4Directory.TAG_ROTATION),
                        doubles(metadata, QuickTimeDirectory.class, QuickTimeDirectory.TAG_ROTATION))
                .anyMatch(degrees -> Math.abs(Math.round(degrees)) % 180 == 90);
        return Stream.concat(
                        metadata.getDirectoriesOfType(Mp4VideoDirectory.class).stream()
                                .map(d -> Size.of(
                                        d.getInteger(Mp4VideoDirectory.TAG_WIDTH),
                                        d.getInteger(Mp4VideoDirectory.TAG_HEIGHT))),
                        metadata.getDirectoriesOfType(QuickTimeVideoDirectory.class).stream()
                                .map(d -> Size.of(
                                        d.getInteger(QuickTimeVideoDirectory.TAG_WIDTH),
                                        d.getInteger(QuickTimeVideoDirectory.TAG_HEIGHT))))
                .flatMap(Optional::stream)
                .map(s -> turned ? new Size(s.height(), s.width()) : s)
                .findFirst();
    }

    /** UTC by the standard. */
    static Optional<LocalDateTime> created(Metadata metadata) {
        return Stream.concat(
                        dates(metadata, Mp4Directory.class, Mp4Directory.TAG_CREATION_TIME),
                        dates(metadata, QuickTimeDirectory.class, QuickTimeDirectory.TAG_CREATION_TIME))
                .map(date -> LocalDateTime.ofInstant(date.toInstant(), ZoneOffset.UTC))
                .findFirst();
    }

    static Optional<String> creationDate(Metadata metadata) {
        return apple(metadata, QuickTimeMetadataDirectory.TAG_CREATION_DATE);
    }

    static Optional<String> contentIdentifier(Metadata metadata) {
        return apple(metadata, QuickTimeMetadataDirectory.TAG_CONTENT_IDENTIFIER);
    }

    static Optional<GeoPoint> place(Metadata metadata) {
        return apple(metadata, QuickTimeMetadataDirectory.TAG_LOCATION_ISO6709)
                .flatMap(Places::iso6709)
                .or(() -> metadata.getDirectoriesOfType(Mp4Directory.class).stream()
                        .flatMap(d -> {
                            Double latitude = d.getDoubleObject(Mp4Directory.TAG_LATITUDE);
                            Double longitude = d.getDoubleObject(Mp4Directory.TAG_LONGITUDE);
                            return latitude == null || longitude == null
                                    ? Stream.empty()
                                    : Places.of(latitude, longitude, Optional.empty()).stream();
                        })
                        .findFirst());
    }

    private static Optional<String> apple(Metadata metadata, int tag) {
        return Findings.texts(metadata, QuickTimeMetadataDirectory.class, tag, 200)
                .findFirst();
    }

    private static <T extends Directory> Stream<Double> doubles(Metadata metadata, Class<T> type, int tag) {
        return metadata.getDirectoriesOfType(type).stream()
                .map(directory -> directory.getDoubleObject(tag))
                .filter(value -> value != null && Double.isFinite(value));
    }

    private static <T extends Directory> Stream<Date> dates(Metadata metadata, Class<T> type, int tag) {
        return metadata.getDirectoriesOfType(type).stream()
                .map(directory -> directory.getDate(tag))
                .filter(date -> date != null);
    }
}
