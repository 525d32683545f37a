package dev.memoir.imaging;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Which moments of a film the models look at, beside the one that stands for it. */
final class MomentsOfFilm {
    /** More would say little more, and each costs as much as a photo. */
    static final int MOST = 4;

    /** A film is cut into stretches of no less than this. */
    private static final double STRETCH_SECONDS = 2;

    /** As near to another moment as this, most films show the same. */
    private static final double NEAR_SECONDS = 0.5;

    private MomentsOfFilm() {}

    /**
     * A cut, or something that changes the picture as much.
     *
     * @param second of the first picture after it
     * @param score how much changed, 0 to 1
     */
    record SceneChange(double second, double score) {}

    /**
     * One moment of each stretch of the film: its greatest change of scene, or else its middle.
     *
     * @param poster seconds; what is near it is seen already
     * @return seconds, growing
     */
    static List<Double> choose(double duration, double poster, List<SceneChange> changes) {
        int stretches = Math.clamp((long) Math.floor(duration / STRETCH_SECONDS), 0, MOST);
        List<Double> chosen = new ArrayList<>();
        double last = poster;
        for (int i = 0; i < stretches; i++) {
            double from = duration * i / stretches;
            double to = duration * (i + 1) / stretches;
            double seen = last;
            double moment = changes.stream()
                    .filter(change -> change.second() >= from && change.second() < to)
                    .filter(change -> !near(change.second(), poster) && !near(change.second(), seen))
                    .max(Comparator.comparingDouble(SceneChange::score))
                    .map(SceneChange::second)
                    .orElse((from + to) / 2);
            if (!near(moment, poster) && (chosen.isEmpty() || !near(moment, seen))) {
                chosen.add(moment);
                last = moment;
            }
        }
        return List.copyOf(chosen);
    }

    private static boolean near(double one, double other) {
        return Math.abs(one - other) < NEAR_SECONDS;
    }
}
