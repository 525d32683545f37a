package dev.memoir.media;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Optional;

/**
 * When a picture was taken. Cameras write local time, often without saying which; so the wall clock is kept as it was
 * written, beside the instant it most likely means and how that was found out.
 *
 * @param local the wall clock where it was taken
 * @param offset the distance from UTC, when it is known or could be worked out
 * @param source how the instant was found
 */
public record TakenAt(LocalDateTime local, Optional<ZoneOffset> offset, Source source) {

    /** From the surest to the weakest. */
    public enum Source {
        /** Somebody said so. */
        EDITED,
        /** The file names the offset itself (EXIF OffsetTimeOriginal, QuickTime creationdate). */
        OFFSET_TAG,
        /** The GPS clock, which is UTC, gave the offset of the camera's clock. */
        GPS_CLOCK,
        /** The container's clock is UTC by its standard (MP4, QuickTime, Matroska); the place's zone is not known. */
        UTC_CONTAINER,
        /** Local time without a zone: read as UTC, so that the order of a day's pictures is right. */
        LOCAL_ASSUMED_UTC,
        /** A date in the file's name, as phones and messengers write it. */
        FILE_NAME
    }

    /** The instant meant, reading an unknown offset as UTC. */
    public Instant instant() {
        return local.toInstant(offset.orElse(ZoneOffset.UTC));
    }
}
