package dev.memoir.ai;

import dev.memoir.catalog.Analysis;
import dev.memoir.catalog.Detection;
import dev.memoir.media.Label;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What a model says of a film, out of what it says of each frame. */
final class Film {
    private Film() {}

    /**
     * @param frames what the same models say of each frame, the one that stands for the film first
     * @return the surest word on each label, the highest score, and of each kind of thing those of the frame where it is seen
     *     best, and what each frame means
     */
    static List<Analysis> merged(List<List<Analysis>> frames) {
        return IntStream.range(0, frames.getFirst().size())
                .mapToObj(i -> one(frames.stream().map(frame -> frame.get(i)).toList()))
                .toList();
    }

    private static Analysis one(List<Analysis> frames) {
        Analysis first = frames.getFirst();
        if (frames.size() == 1) {
            return first;
        }
        return new Analysis(
                first.task(),
                first.model(),
                first.version(),
                labels(frames),
                things(frames),
                score(frames),
                frames.stream().flatMap(frame -> frame.vectors().stream()).toList());
    }

    private static OptionalDouble score(List<Analysis> frames) {
        return frames.stream().flatMapToDouble(frame -> frame.score().stream()).max();
    }

    private static List<Label> labels(List<Analysis> frames) {
        return Label.together(frames.stream().flatMap(frame -> frame.labels().stream()));
    }

    private static List<Detection> things(List<Analysis> frames) {
        Map<String, Detection> surest = new LinkedHashMap<>();
        List<Detection> all = new ArrayList<>();
        for (int i = 0; i < frames.size(); i++) {
            for (Detection thing : frames.get(i).detections()) {
                all.add(thing.inFrame(i));
                surest.merge(
                        thing.name(),
                        thing.inFrame(i),
                        (before, now) -> now.confidence() > before.confidence() ? now : before);
            }
        }
        Stream<Detection> kept =
                all.stream().filter(thing -> surest.get(thing.name()).frame() == thing.frame());
        return kept.sorted(Comparator.comparingDouble(Detection::confidence).reversed())
                .toList();
    }
}
