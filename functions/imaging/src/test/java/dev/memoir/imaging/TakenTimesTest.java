package dev.memoir.imaging;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.memoir.media.TakenAt;
import dev.memoir.media.TakenAt.Source;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TakenTimesTest {
    private static final Dates DATES = new Dates(RealTools.CLOCK);
    private static final LocalDateTime NOON = LocalDateTime.of(2024, 3, 4, 12, 0);

    private static TakenTimes times(String written, LocalDateTime gps, LocalDateTime container, String name) {
        return new TakenTimes(
                Optional.ofNullable(written).flatMap(DATES::written),
                Optional.ofNullable(gps),
                Optional.ofNullable(container),
                DATES.inName(name));
    }

    @Test
    void anOffsetThatIsWrittenIsBelieved() {
        assertEquals(
                Optional.of(new TakenAt(NOON, Optional.of(ZoneOffset.ofHours(2)), Source.OFFSET_TAG)),
                times("2024:03:04 12:00:00+02:00", NOON.minusHours(5), NOON, "").best());
    }

    @ParameterizedTest
    @CsvSource({"06:28:00, +05:30", "06:15:00, +05:45", "15:00:20, -03:00", "12:00:00, Z", "2024-03-03T22:01:00, +14:00"
    })
    void theSatellitesClockGivesTheOffsetOfAZoneThatIsInUse(String utc, String offset) {
        LocalDateTime gps = LocalDateTime.parse(utc.contains("T") ? utc : "2024-03-04T" + utc);
        assertEquals(
                Optional.of(new TakenAt(NOON, Optional.of(ZoneOffset.of(offset)), Source.GPS_CLOCK)),
                times("2024:03:04 12:00:00", gps, null, "").best());
    }

    /** A fix that was 22 minutes old at 14:00 in Vienna would make it a zone of +02:15 or so, where no one lives. */
    @ParameterizedTest
    @ValueSource(strings = {"11:38:00", "10:45:00", "09:10:00", "00:37:00"})
    void aDifferenceThatNoZoneExplainsIsAnOldFixAndGivesNoOffset(String utc) {
        assertEquals(
                Optional.of(new TakenAt(NOON, Optional.empty(), Source.LOCAL_ASSUMED_UTC)),
                times("2024:03:04 12:00:00", LocalDateTime.parse("2024-03-04T" + utc), null, "")
                        .best());
    }

    @Test
    void aSatelliteTimeOfAnotherDayGivesNoOffset() {
        assertEquals(
                Optional.of(new TakenAt(NOON, Optional.empty(), Source.LOCAL_ASSUMED_UTC)),
                times("2024:03:04 12:00:00", NOON.minusDays(3), null, "").best());
    }

    @Test
    void aContainersTimeIsUtcInAPlaceWhoseZoneIsUnknown() {
        assertEquals(
                Optional.of(new TakenAt(NOON, Optional.empty(), Source.UTC_CONTAINER)),
                times(null, null, NOON, "VID_20200101_000000.mp4").best());
    }

    @Test
    void theZeroOfAContainersClockIsNoTime() {
        assertEquals(
                Source.FILE_NAME,
                times(null, null, LocalDateTime.of(1904, 1, 1, 0, 0), "VID_20200101_000000.mp4")
                        .best()
                        .orElseThrow()
                        .source());
    }

    @ParameterizedTest
    @CsvSource({
        "IMG_20191220_170832.jpg, 2019-12-20T17:08:32",
        "PXL_20210304_050607123.jpg, 2021-03-04T05:06:07",
        "IMG-20191220-WA0001.jpg, 2019-12-20T00:00",
        "WhatsApp Image 2019-12-20 at 17.08.32.jpeg, 2019-12-20T17:08:32",
        "Screenshot_2020-01-02-10-20-30.png, 2020-01-02T10:20:30",
        "2020-01-02 10.20.30.jpg, 2020-01-02T10:20:30",
        "signal-2020-01-02-102030.jpg, 2020-01-02T10:20:30",
        "scan 1912-04-15.tif, 1912-04-15T00:00"
    })
    void theWaysOfPhonesAndMessengersToWriteADateInANameAreRead(String name, LocalDateTime expected) {
        assertEquals(
                Optional.of(new TakenAt(expected, Optional.empty(), Source.FILE_NAME)),
                times(null, null, null, name).best());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "DSC00123.JPG",
                "20191399.jpg",
                "20190231_101010.jpg",
                "1234567890123.jpg",
                "20991231_000000.jpg",
                "page 2020.pdf"
            })
    void whatIsNoDateInANameIsNone(String name) {
        assertEquals(Optional.empty(), times(null, null, null, name).best());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0000:00:00 00:00:00",
                "    :  :     :  :  ",
                "1825:12:31 23:59:59",
                "2026:06:03 00:00:00",
                "2024:13:01 00:00:00",
                "2024:02:30 10:00:00",
                "hello"
            })
    void whatNoCameraCanHaveMeantIsRefused(String written) {
        assertEquals(Optional.empty(), times(written, null, null, "").best());
    }

    @Test
    void tomorrowIsStillBelievedSinceClocksDifferByADay() {
        assertEquals(
                LocalDateTime.of(2026, 6, 2, 11, 59),
                times("2026:06:02 11:59:00", null, null, "")
                        .best()
                        .orElseThrow()
                        .local());
    }
}
