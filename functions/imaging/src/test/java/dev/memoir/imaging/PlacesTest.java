package dev.memoir.imaging;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.memoir.media.GeoPoint;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlacesTest {
    @ParameterizedTest
    @CsvSource({
        "-15.8355-048.0153/, -15.8355, -48.0153",
        "+32.0929+034.8620+019.000/, 32.0929, 34.8620",
        "+5130-00007/, 51.5, -0.1166667",
        "+513030.0-0000700/, 51.5083333, -0.1166667"
    })
    void iso6709IsReadInAllItsWidths(String text, double latitude, double longitude) {
        GeoPoint place = Places.iso6709(text).orElseThrow();
        assertEquals(latitude, place.latitude(), 1e-6);
        assertEquals(longitude, place.longitude(), 1e-6);
    }

    @Test
    void itsAltitudeIsKept() {
        assertEquals(
                Optional.of(-12.5),
                Places.iso6709("+32.0929+034.8620-12.500/").orElseThrow().altitude());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "here", "+00.0000+000.0000/", "+95.0000+010.0000/", "+10.0000+190.0000/"})
    void whatIsNoPlaceIsRefused(String text) {
        assertEquals(Optional.empty(), Places.iso6709(text));
    }

    @Test
    void notANumberIsNoPlace() {
        assertEquals(Optional.empty(), Places.of(Double.NaN, 1, Optional.empty()));
    }

    @Test
    void anAltitudeInSpaceIsLeftOut() {
        assertEquals(
                Optional.empty(),
                Places.of(1, 1, Optional.of(1e6)).orElseThrow().altitude());
    }
}
