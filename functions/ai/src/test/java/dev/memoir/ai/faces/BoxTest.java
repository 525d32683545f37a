package dev.memoir.ai.faces;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class BoxTest {
    private final Box box = new Box(10, 10, 19, 19);

    @Test
    void theSameBoxOverlapsWholly() {
        assertEquals(1, box.overlap(box));
    }

    @Test
    void boxesBesideEachOtherDont() {
        assertEquals(0, box.overlap(new Box(20, 10, 29, 19)));
        assertEquals(0, box.overlap(new Box(10, 20, 19, 29)));
    }

    @Test
    void whatIsSharedCountsAsAPartOfTheBoxAroundBoth() {
        assertEquals(25.0 / 225, box.overlap(new Box(15, 15, 24, 24)), 1e-12);
    }

    @Test
    void halvesAreRoundedAwayFromZero() {
        assertEquals(3, Rounding.nearest(2.5));
        assertEquals(-3, Rounding.nearest(-2.5));
        assertEquals(-2, Rounding.nearest(-2.4));
        assertEquals(0, Rounding.nearest(0.49));
    }
}
