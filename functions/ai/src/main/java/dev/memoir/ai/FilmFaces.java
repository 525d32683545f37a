package dev.memoir.ai;

import dev.memoir.catalog.FoundFace;
import java.util.ArrayList;
import java.util.List;

/**
 * The faces of a film's frames, each person once. The first frame, which stands for the film, gives all of its faces, as a
 * photo does. A further one gives those that are good enough to say whose they are and are nobody's who was seen before. A
 * decision names a face by its place: so none counts that lies where another does.
 *
 * @param <C> what is cut out
 */
final class FilmFaces<C> {
    /** dlib's own: below it two embeddings are most probably the same person's. */
    private static final double SAME = 0.6;

    private final List<Cut<C>> faces = new ArrayList<>();
    private boolean begun;

    /** A face and its cut-out. */
    record Cut<C>(FoundFace face, C chip) {}

    /** Adds the next frame's. */
    void frame(List<Cut<C>> found) {
        if (!begun) {
            begun = true;
            faces.addAll(found);
            return;
        }
        List<Cut<C>> before = List.copyOf(faces);
        for (Cut<C> cut : found) {
            boolean counts = cut.face().quality().usable()
                    && before.stream().noneMatch(one -> same(one.face(), cut.face()))
                    && faces.stream()
                            .noneMatch(one -> one.face().box().meets(cut.face().box()));
            if (counts) {
                faces.add(cut);
            }
        }
    }

    List<Cut<C>> faces() {
        return List.copyOf(faces);
    }

    private static boolean same(FoundFace one, FoundFace other) {
        double squared = 0;
        for (int i = 0; i < one.embedding().length; i++) {
            double difference = one.embedding()[i] - other.embedding()[i];
            squared += difference * difference;
        }
        return one.quality().usable() && squared < SAME * SAME;
    }
}
