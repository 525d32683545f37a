package dev.memoir.sidecars;

import dev.memoir.media.TakenAt;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How XMP writes times and places (XMP specification, part 1, 8.2.1, and part 2, GPSCoordinate), and what others make of it. */
final class XmpValues {
    /** ISO 8601; darktable writes EXIF's {@code 2019:12:20 17:08:32}. A day without a time begins at midnight. */
    private static final Pattern TIME = Pattern.compile(
            "(\\d{4})[:-](\\d{2})[:-](\\d{2})(?:[ T](\\d{2}):(\\d{2})(?::(\\d{2})(?:\\.(\\d{1,9}))?)?)?(Z|[+-]\\d{2}:\\d{2})?");

    /** {@code 33,30.0S} or {@code 33,30,0S}. */
    private static final Pattern COORDINATE =
            Pattern.compile("(\\d{1,3}),(\\d{1,2}(?:\\.\\d{1,20})?)(?:,(\\d{1,2}(?:\\.\\d{1,20})?))?([NSEW])");

    private static final Pattern RATIONAL = Pattern.compile("(-?\\d{1,15}(?:\\.\\d{1,15})?)(?:/(\\d{1,15}))?");

    private XmpValues() {}

    static Optional<TakenAt> time(String text) {
        Matcher m = TIME.matcher(text.strip());
        if (!m.matches()) {
            return Optional.empty();
        }
        try {
            LocalDateTime local = LocalDateTime.of(
                    whole(m.group(1)),
                    whole(m.group(2)),
                    whole(m.group(3)),
                    whole(m.group(4)),
                    whole(m.group(5)),
                    whole(m.group(6)),
                    m.group(7) == null ? 0 : whole((m.group(7) + "00000000").substring(0, 9)));
            return Optional.of(new TakenAt(
                            local, Optional.ofNullable(m.group(8)).map(ZoneOffset::of), TakenAt.Source.EDITED))
                    .filter(taken -> taken.local().getYear() > 0);
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /** In whole milliseconds. Without a distance from UTC it is no moment. */
    static Optional<Instant> instant(String text) {
        return time(text)
                .filter(time -> time.offset().isPresent())
                .map(time -> time.instant().truncatedTo(ChronoUnit.MILLIS));
    }

    static String time(TakenAt taken) {
        return DateTimeFormatter.ISO_LOCAL_DATE_TIME.format(taken.local())
                + taken.offset().map(ZoneOffset::getId).orElse("");
    }

    /** Degrees, north and east positive. */
    static Optional<Double> coordinate(String text) {
        Matcher m = COORDINATE.matcher(text.strip());
        if (!m.matches()) {
            return Optional.empty();
        }
        double degrees = whole(m.group(1))
                + Double.parseDouble(m.group(2)) / 60
                + (m.group(3) == null ? 0 : Double.parseDouble(m.group(3)) / 3600);
        return Optional.of("SW".contains(m.group(4)) ? -degrees : degrees);
    }

    /** Degrees and minutes, to 2 mm. */
    static String coordinate(double degrees, char positive, char negative) {
        long millionths = Math.round(Math.abs(degrees) * 60_000_000L);
        return String.format(
                Locale.ROOT,
                "%d,%d.%06d%c",
                millionths / 60_000_000L,
                millionths / 1_000_000L % 60,
                millionths % 1_000_000L,
                degrees < 0 ? negative : positive);
    }

    /** Written as {@code 2.8} or {@code 28/10}. */
    static Optional<Double> number(String text) {
        Matcher m = RATIONAL.matcher(text.strip());
        return m.matches()
                ? Optional.of(Double.parseDouble(m.group(1))
                                / (m.group(2) == null ? 1 : Double.parseDouble(m.group(2))))
                        .filter(Double::isFinite)
                : Optional.empty();
    }

    private static int whole(String digits) {
        return digits == null ? 0 : Integer.parseInt(digits);
    }
}
