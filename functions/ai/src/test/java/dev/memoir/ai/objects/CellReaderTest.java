package dev.memoir.ai.objects;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.memoir.ai.picture.Fitted;
import dev.memoir.ai.picture.Pixels;
import dev.memoir.catalog.Detection;
import dev.memoir.models.Output;
import dev.memoir.models.Preparation.Channels;
import dev.memoir.people.Region;
import java.util.List;
import org.junit.jupiter.api.Test;

/** On a canvas of 32 pixels with one grid of 4 by 4 cells, two classes and distances of 0 to 4 cells. */
class CellReaderTest {
    private static final int KINDS = 2;
    private static final int BINS = 5;
    private static final int LENGTH = KINDS + 4 * BINS;
    private static final Output.Objects OUTPUT =
            new Output.Objects("cells", List.of(8), BINS, 0.4, 0.5, 3, List.of("cat", "dog"));

    private final float[] cells = new float[16 * LENGTH];
    private Fitted fitted = fitted(32, 32);

    private static Fitted fitted(int width, int height) {
        return Fitted.of(new Pixels(new byte[3 * width * height], Channels.RGB, width, height), 32, 32);
    }

    /** A cell that is sure to be so many cells from each side of what it sees. */
    private void cell(int number, int kind, float confidence, int left, int top, int right, int bottom) {
        cells[number * LENGTH + kind] = confidence;
        int[] distances = {left, top, right, bottom};
        for (int side = 0; side < 4; side++) {
            cells[number * LENGTH + KINDS + side * BINS + distances[side]] = 50;
        }
    }

    private List<Detection> read() {
        return new CellReader(OUTPUT).read(cells, fitted);
    }

    @Test
    void aBoxReachesAsFarFromItsCellsMiddleAsTheWeightsSay() {
        cell(5, 1, 0.75f, 1, 0, 2, 1);

        assertEquals(
                List.of(new Detection("dog", 0.75, new Region(4 / 32.0, 12 / 32.0, 24 / 32.0, 8 / 32.0), 0)), read());
    }

    @Test
    void weightsBetweenTwoDistancesMeanTheirMiddle() {
        cell(5, 0, 0.5f, 1, 0, 2, 1);
        cells[5 * LENGTH + KINDS] = 50;

        assertEquals(8 / 32.0, read().getFirst().box().left(), 1e-9);
    }

    @Test
    void whatIsLessSureThanTheFloorDoesNotCount() {
        cell(5, 0, 0.39f, 1, 1, 1, 1);

        assertEquals(List.of(), read());
    }

    @Test
    void ofBoxesOfOneThingTheSurestStays() {
        cell(5, 0, 0.6f, 1, 1, 2, 1);
        cell(6, 0, 0.8f, 2, 1, 1, 1);
        cell(10, 1, 0.7f, 2, 2, 1, 0);

        assertEquals(List.of("cat", "dog"), read().stream().map(Detection::name).toList());
        assertEquals(0.8, read().getFirst().confidence(), 1e-6);
    }

    @Test
    void thereAreNeverMoreThanTheMost() {
        for (int corner : new int[] {0, 3, 12, 15}) {
            cell(corner, 0, 0.5f + corner / 100f, 0, 0, 1, 1);
        }
        assertEquals(3, read().size());
    }

    @Test
    void aBoxEndsAtThePicturesEdge() {
        cell(0, 0, 0.9f, 4, 4, 1, 1);

        assertEquals(new Region(0, 0, 12 / 32.0, 12 / 32.0), read().getFirst().box());
    }

    @Test
    void placesAreThoseInThePictureAndNotOnTheCanvas() {
        fitted = fitted(64, 32);
        cell(5, 0, 0.9f, 1, 0, 2, 1);

        assertEquals(
                new Region(4 / 32.0, 4 / 16.0, 24 / 32.0, 8 / 16.0),
                read().getFirst().box());
    }

    @Test
    void whatLiesInTheBlackBesideThePictureIsNothing() {
        fitted = fitted(64, 32);
        cell(1, 0, 0.9f, 0, 0, 1, 0);
        cell(0, 1, 0.9f, 0, 0, 1, 0);

        assertEquals(List.of(), read());
    }

    @Test
    void anotherNetworksAnswerIsRefused() {
        assertThrows(
                IllegalStateException.class,
                () -> new CellReader(OUTPUT).read(new float[7 * LENGTH + 16 * LENGTH], fitted));
    }
}
