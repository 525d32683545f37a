package dev.memoir.people;

import java.util.List;

/**
 * When faces are one person's. dlib's author gives 0.6 as the distance below which two faces are most probably the same
 * person's (99.38 % of the pairs of Labeled Faces in the Wild, dlib.net/face_recognition.py.html). Over the many pairs of a
 * library even a few in a thousand that are wrong would tie everybody to everybody, so faces are linked below a smaller distance,
 * and 0.6 serves the rule that judges whole groups.
 */
public final class Likeness {
    /** Below it two faces are most probably the same person's. */
    static final float SAME = 0.6f;

    /** Two faces are linked below the first; a group that is not one person's is parted by the next ones. */
    static final float[] LINKS = {0.50f, 0.47f, 0.44f, 0.41f, 0.38f, 0.35f, 0.32f};

    /** How far around its densest faces a chain is parted. */
    static final float AROUND = 0.44f;

    /** A face is a person's when more than this part of the person's known faces lie within {@link #SAME}. */
    static final double MOST = 0.9;

    /** So many faces speak for a large group: those whose ids, which are hashes, are least. */
    static final int SPEAKERS = 64;

    private Likeness() {}

    /** The part of the pairs, one of each list, that lie within {@link #SAME}. */
    static double between(float[] embeddings, List<Integer> some, List<Integer> others) {
        List<Integer> left = speakers(some);
        List<Integer> right = speakers(others);
        int near = 0;
        for (int one : left) {
            for (int other : right) {
                near += Distances.squared(embeddings, one, other) < SAME * SAME ? 1 : 0;
            }
        }
        return (double) near / (left.size() * right.size());
    }

    /** Whether faces, taken two by two, are one person's. */
    static boolean isOne(float[] embeddings, List<Integer> faces) {
        List<Integer> speakers = speakers(faces);
        int near = 0;
        int pairs = 0;
        for (int i = 0; i < speakers.size(); i++) {
            for (int j = 0; j < i; j++) {
                pairs++;
                near += Distances.squared(embeddings, speakers.get(i), speakers.get(j)) < SAME * SAME ? 1 : 0;
            }
        }
        return near > MOST * pairs || pairs == 0;
    }

    private static List<Integer> speakers(List<Integer> faces) {
        return faces.size() <= SPEAKERS ? faces : faces.subList(0, SPEAKERS);
    }
}
