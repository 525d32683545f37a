package dev.memoir.imaging;

import dev.memoir.media.TakenAt;
import dev.memoir.media.TakenAt.Source;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Optional;

/**
 * Decides when a picture was taken, from everything that says something about it.
 *
 * @param written what a camera wrote, with its offset if it did (EXIF, XMP, QuickTime creationdate, IPTC)
 * @param gps the satellites' time, UTC
 * @param container the time of an MP4, QuickTime or Matroska file, UTC by its standard
 * @param named what the file's name says
 */
record TakenTimes(
        Optional<Dates.Written> written,
        Optional<LocalDateTime> gps,
        Optional<LocalDateTime> container,
        Optional<Dates.Written> named) {

    /** The zero of the clocks of QuickTime and Unix: written by devices that never learned the time. */
    private static boolean isZero(LocalDateTime time) {
        return time.equals(LocalDateTime.of(1904, 1, 1, 0, 0)) || time.equals(LocalDateTime.of(1970, 1, 1, 0, 0));
    }

    Optional<TakenAt> best() {
        return written.map(this::byCamera)
                .or(() -> container
                        .filter(time -> !isZero(time))
                        .map(time -> new TakenAt(time, Optional.empty(), Source.UTC_CONTAINER)))
                .or(() -> gps.map(time -> new TakenAt(time, Optional.empty(), Source.GPS_CLOCK)))
                .or(() -> named.map(w -> new TakenAt(w.local(), Optional.empty(), Source.FILE_NAME)));
    }

    private TakenAt byCamera(Dates.Written camera) {
        if (camera.offset().isPresent()) {
            return new TakenAt(camera.local(), camera.offset(), Source.OFFSET_TAG);
        }
        Optional<ZoneOffset> offset = gps.flatMap(utc -> Dates.offset(camera.local(), utc));
        return offset.isPresent()
                ? new TakenAt(camera.local(), offset, Source.GPS_CLOCK)
                : new TakenAt(camera.local(), Optional.empty(), Source.LOCAL_ASSUMED_UTC);
    }
}
