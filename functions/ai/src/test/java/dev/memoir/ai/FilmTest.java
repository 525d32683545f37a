package dev.memoir.ai;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.memoir.catalog.Analysis;
import dev.memoir.catalog.Detection;
import dev.memoir.media.Label;
import dev.memoir.people.Region;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class FilmTest {
    private static final Region LEFT = new Region(0, 0, 0.5, 1);
    private static final Region RIGHT = new Region(0.5, 0, 0.5, 1);

    private static Analysis labels(Label... labels) {
        return new Analysis("labels", "m", "2", List.of(labels), OptionalDouble.empty());
    }

    private static Analysis things(Detection... things) {
        return new Analysis("objects", "m", "1", List.of(), List.of(things), OptionalDouble.empty());
    }

    private static Analysis nsfw(double score) {
        return new Analysis("nsfw", "m", "1", List.of(), OptionalDouble.of(score));
    }

    @Test
    void thePhotosOwnWordsStay() {
        List<Analysis> photo = List.of(nsfw(0.1), labels(new Label("cat", 0.5)));
        assertEquals(photo, Film.merged(List.of(photo)));
    }

    @Test
    void theSurestWordOnEachLabelCounts() {
        assertEquals(
                List.of(labels(new Label("dog", 0.9), new Label("cat", 0.7), new Label("sea", 0.2))),
                Film.merged(List.of(
                        List.of(labels(new Label("cat", 0.5), new Label("sea", 0.2))),
                        List.of(labels(new Label("dog", 0.9), new Label("cat", 0.7))))));
    }

    @Test
    void oneFrameThatIsNotForChildrenMakesAFilmThatIsNot() {
        assertEquals(
                List.of(nsfw(0.95)), Film.merged(List.of(List.of(nsfw(0.1)), List.of(nsfw(0.95)), List.of(nsfw(0.2)))));
    }

    @Test
    void thingsOfAKindAreThoseOfTheFrameWhereItIsSeenBest() {
        assertEquals(
                List.of(things(
                        new Detection("cat", 0.9, LEFT, 1),
                        new Detection("dog", 0.8, RIGHT, 0),
                        new Detection("cat", 0.5, RIGHT, 1))),
                Film.merged(List.of(
                        List.of(things(new Detection("dog", 0.8, RIGHT, 0), new Detection("cat", 0.7, LEFT, 0))),
                        List.of(things(
                                new Detection("cat", 0.9, LEFT, 0),
                                new Detection("cat", 0.5, RIGHT, 0),
                                new Detection("dog", 0.45, LEFT, 0))))));
    }
}
