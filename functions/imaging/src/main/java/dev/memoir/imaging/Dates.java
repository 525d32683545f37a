package dev.memoir.imaging;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the ways in which cameras, phones and messengers write a date, and refuses nonsense. */
final class Dates {
    /** The oldest photograph that is left. */
    private static final int FIRST_PHOTOGRAPH = 1826;

    /** EXIF {@code 2019:12:20 17:08:32}, and ISO 8601 as XMP and QuickTime have it. */
    private static final Pattern WRITTEN = Pattern.compile(
            "(\\d{4})[:/.-](\\d{1,2})[:/.-](\\d{1,2})(?:[ T]+(\\d{1,2}):(\\d{2})(?::(\\d{2})(?:[.,](\\d{1,9}))?)?)? ?(Z|[+-]\\d{2}:?\\d{2})?.*",
            Pattern.DOTALL);

    /** Zones that are not whole hours from UTC, summer times included, in minutes (IANA time zone database, since 1990). */
    private static final Set<Integer> PARTS_OF_HOURS =
            Set.of(-570, -270, -210, -150, 210, 270, 330, 345, 390, 510, 525, 570, 630, 690, 765, 825);

    /** A receiver's last fix is some seconds old, a camera's clock some minutes wrong. */
    private static final Duration CLOCKS_AGREE = Duration.ofMinutes(5);

    private static final Pattern OFFSET = Pattern.compile("(?:Z|([+-])(\\d{2}):?(\\d{2}))");

    /** {@code IMG_20191220_170832}, {@code 2019-12-20 17.08.32}, {@code WhatsApp Image 2019-12-20 at 17.08.32}, … */
    private static final Pattern IN_NAME = Pattern.compile(
            "(?<!\\d)((?:19|20)\\d{2})([-_.]?)(0[1-9]|1[0-2])\\2(0[1-9]|[12]\\d|3[01])"
                    + "(?:(?:[-_ T.]| at )?([01]\\d|2[0-3])[-_.:h]?([0-5]\\d)[-_.:m]?([0-5]\\d)(?:[-_.]?\\d{3})?(?!\\d)|(?!\\d))");

    private final Clock clock;

    Dates(Clock clock) {
        this.clock = clock;
    }

    /**
     * A wall clock and, when it was written with it, the distance from UTC.
     *
     * @param timed whether a time of day was written
     */
    record Written(LocalDateTime local, Optional<ZoneOffset> offset, boolean timed) {}

    Optional<Written> written(String text) {
        Matcher m = WRITTEN.matcher(text.strip());
        if (!m.matches()) {
            return Optional.empty();
        }
        try {
            LocalDateTime local = LocalDateTime.of(
                    number(m.group(1)),
                    number(m.group(2)),
                    number(m.group(3)),
                    number(m.group(4)),
                    number(m.group(5)),
                    Math.min(59, number(m.group(6))),
                    nanos(m.group(7)));
            return sensible(
                    new Written(local, Optional.ofNullable(m.group(8)).flatMap(Dates::offset), m.group(4) != null));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /** As a mail has it, {@code Fri, 20 Dec 2019 17:08:32 -0300}, which PNG recommends (RFC 1123, 5.2.14). */
    Optional<Written> sent(String text) {
        try {
            OffsetDateTime sent = OffsetDateTime.parse(text.strip(), DateTimeFormatter.RFC_1123_DATE_TIME);
            return sensible(new Written(sent.toLocalDateTime(), Optional.of(sent.getOffset()), true));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /** EXIF OffsetTime… such as {@code +02:00}. */
    static Optional<ZoneOffset> offset(String text) {
        Matcher m = OFFSET.matcher(text.strip());
        if (!m.matches()) {
            return Optional.empty();
        }
        if (m.group(1) == null) {
            return Optional.of(ZoneOffset.UTC);
        }
        int minutes = number(m.group(2)) * 60 + number(m.group(3));
        return possible(m.group(1).equals("-") ? -minutes : minutes);
    }

    /**
     * The offset that a camera's clock had when the true time was {@code utc}: the one in use somewhere that explains the
     * difference. Empty when none does, which means that one of the clocks is wrong or that the satellites were last seen a
     * while before the picture.
     */
    static Optional<ZoneOffset> offset(LocalDateTime local, LocalDateTime utc) {
        long seconds = Duration.between(utc, local).toSeconds();
        if (Math.abs(seconds) > 15 * 3600L) {
            return Optional.empty();
        }
        int minutes = (int) Math.round(seconds / 900.0) * 15;
        boolean near = Math.abs(seconds - minutes * 60L) <= CLOCKS_AGREE.toSeconds();
        return near && (minutes % 60 == 0 || PARTS_OF_HOURS.contains(minutes)) ? possible(minutes) : Optional.empty();
    }

    /** No place is further than this from UTC. */
    private static Optional<ZoneOffset> possible(int minutes) {
        return minutes < -12 * 60 || minutes > 14 * 60
                ? Optional.empty()
                : Optional.of(ZoneOffset.ofTotalSeconds(minutes * 60));
    }

    Optional<Written> inName(String name) {
        Matcher m = IN_NAME.matcher(name);
        while (m.find()) {
            try {
                LocalDate day = LocalDate.of(number(m.group(1)), number(m.group(3)), number(m.group(4)));
                boolean timed = m.group(5) != null;
                LocalDateTime local = day.atTime(number(m.group(5)), number(m.group(6)), number(m.group(7)));
                Optional<Written> found = sensible(new Written(local, Optional.empty(), timed));
                if (found.isPresent()) {
                    return found;
                }
            } catch (DateTimeException e) {
                // 31 February: not a date, perhaps a number; the next one may be
            }
        }
        return Optional.empty();
    }

    private Optional<Written> sensible(Written written) {
        LocalDateTime latest =
                LocalDateTime.ofInstant(clock.instant(), ZoneOffset.UTC).plusDays(1);
        LocalDateTime utc = written.offset
                .map(o -> written.local.minusSeconds(o.getTotalSeconds()))
                .orElse(written.local);
        return written.local.getYear() >= FIRST_PHOTOGRAPH && utc.isBefore(latest)
                ? Optional.of(written)
                : Optional.empty();
    }

    Optional<LocalDateTime> sensible(LocalDateTime utc) {
        return sensible(new Written(utc, Optional.of(ZoneOffset.UTC), true)).map(Written::local);
    }

    private static int number(String digits) {
        return digits == null ? 0 : Integer.parseInt(digits);
    }

    private static int nanos(String fraction) {
        return fraction == null ? 0 : Integer.parseInt((fraction + "000000000").substring(0, 9));
    }
}
