package dev.memoir.media;

/**
 * EXIF's orientation (tag 0x0112): how stored pixels become an upright picture. 1, 6, 3 and 8 turn them clockwise by no, one,
 * two and three quarters; 2, 7, 4 and 5 first mirror them left to right and then do the same.
 */
public final class Orientation {
    private static final int[] TURNED = {1, 6, 3, 8};
    private static final int[] MIRRORED = {2, 7, 4, 5};

    private Orientation() {}

    /**
     * Quarter turns clockwise, 0 to 3, from the picture that one orientation makes upright to that of the other. 0 where no turn
     * leads there, since one of them is mirrored, or is no orientation.
     */
    public static int turns(int from, int to) {
        for (int turns = 0; turns < 4; turns++) {
            if (turned(from, turns) == to) {
                return turns;
            }
        }
        return 0;
    }

    /** The orientation whose picture is that of {@code from}, turned so many quarters clockwise. */
    public static int turned(int from, int turns) {
        int plain = index(TURNED, from);
        if (plain >= 0) {
            return TURNED[Math.floorMod(plain + turns, 4)];
        }
        int mirrored = index(MIRRORED, from);
        return mirrored >= 0 ? MIRRORED[Math.floorMod(mirrored + turns, 4)] : TURNED[Math.floorMod(turns, 4)];
    }

    private static int index(int[] values, int value) {
        for (int i = 0; i < values.length; i++) {
            if (values[i] == value) {
                return i;
            }
        }
        return -1;
    }
}
