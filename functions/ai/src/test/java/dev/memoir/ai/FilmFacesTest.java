package dev.memoir.ai;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.memoir.catalog.FoundFace;
import dev.memoir.people.FaceQuality;
import dev.memoir.people.Region;
import java.util.List;
import org.junit.jupiter.api.Test;

class FilmFacesTest {
    private static final FaceQuality GOOD = new FaceQuality(100, 100, 0);
    private static final FaceQuality BLURRED = new FaceQuality(100, 1, 0);

    private final FilmFaces<String> film = new FilmFaces<>();

    /** Those of different people lie 1.4 apart, those of one at 0. */
    private static FilmFaces.Cut<String> face(String name, int person, double left, FaceQuality quality) {
        float[] embedding = new float[128];
        embedding[person] = 1;
        return new FilmFaces.Cut<>(
                new FoundFace(new Region(left, 0.2, 0.1, 0.1), List.of(), 1, embedding, quality), name);
    }

    private List<String> names() {
        return film.faces().stream().map(FilmFaces.Cut::chip).toList();
    }

    @Test
    void aPersonWhoStaysInTheFilmIsThereOnce() {
        film.frame(List.of(face("ada", 1, 0.1, GOOD)));
        film.frame(List.of(face("ada again", 1, 0.7, GOOD), face("ben", 2, 0.4, GOOD)));
        film.frame(List.of(face("ben again", 2, 0.6, GOOD)));
        assertEquals(List.of("ada", "ben"), names());
    }

    @Test
    void twoFacesOfOneFrameAreTwoHoweverAlike() {
        film.frame(List.of());
        film.frame(List.of(face("twin", 1, 0.1, GOOD), face("other twin", 1, 0.7, GOOD)));
        assertEquals(List.of("twin", "other twin"), names());
    }

    @Test
    void thePictureThatStandsForTheFilmGivesAllItsFacesAsAPhotoDoes() {
        film.frame(List.of(face("ada", 1, 0.1, BLURRED), face("twin", 1, 0.7, GOOD)));
        assertEquals(List.of("ada", "twin"), names());
    }

    @Test
    void aBlurredFaceOfAFurtherFrameSaysNothing() {
        film.frame(List.of());
        film.frame(List.of(face("somebody", 1, 0.1, BLURRED)));
        assertEquals(List.of(), names());
    }

    @Test
    void aBlurredFaceDoesNotHideTheSamePersonsGoodOne() {
        film.frame(List.of(face("ada blurred", 1, 0.1, BLURRED)));
        film.frame(List.of(face("ada", 1, 0.7, GOOD)));
        assertEquals(List.of("ada blurred", "ada"), names());
    }

    @Test
    void noTwoFacesLieAtOnePlaceSinceDecisionsNameThemByIt() {
        film.frame(List.of(face("ada", 1, 0.1, GOOD)));
        film.frame(List.of(face("ben", 2, 0.11, GOOD)));
        assertEquals(List.of("ada"), names());
    }
}
