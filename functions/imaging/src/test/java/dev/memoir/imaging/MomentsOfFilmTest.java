package dev.memoir.imaging;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.memoir.imaging.MomentsOfFilm.SceneChange;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MomentsOfFilmTest {
    @Test
    void withoutAChangeOfSceneMomentsLieAtEvenDistances() {
        assertEquals(List.of(12.5, 37.5, 62.5, 87.5), MomentsOfFilm.choose(100, 1, List.of()));
    }

    @Test
    void ofEachStretchTheGreatestChangeIsSeen() {
        List<SceneChange> changes = List.of(
                new SceneChange(5, 0.4), new SceneChange(20, 0.9), new SceneChange(80, 0.5), new SceneChange(99, 0.6));
        assertEquals(List.of(20.0, 37.5, 62.5, 99.0), MomentsOfFilm.choose(100, 1, changes));
    }

    @Test
    void aThousandCutsAreNoMoreThanFourMoments() {
        List<SceneChange> changes = IntStream.range(0, 1000)
                .mapToObj(i -> new SceneChange(i / 10.0, 0.9))
                .toList();
        assertEquals(4, MomentsOfFilm.choose(100, 1, changes).size());
    }

    @Test
    void aShortFilmHasFewerMomentsAndTheShortestNone() {
        assertEquals(List.of(), MomentsOfFilm.choose(1.5, 0.5, List.of()));
        assertEquals(List.of(3.75), MomentsOfFilm.choose(5, 1, List.of()));
    }

    @Test
    void aFilmOfUnknownLengthHasNone() {
        assertEquals(List.of(), MomentsOfFilm.choose(0, 0, List.of()));
    }

    @Test
    void whatIsNearThePosterIsSeenAlready() {
        assertEquals(List.of(), MomentsOfFilm.choose(2, 0.9, List.of(new SceneChange(1.1, 0.8))));
    }
}
