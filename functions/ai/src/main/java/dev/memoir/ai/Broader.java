package dev.memoir.ai;

import dev.memoir.catalog.Detection;
import dev.memoir.media.Label;
import dev.memoir.models.Concepts;
import java.util.List;
import java.util.stream.Stream;

/**
 * The words that people use for what the models say: three kinds of cat that are a third likely each make a cat that is
 * certain.
 */
final class Broader {
    private Broader() {}

    /**
     * These labels, and the broader words that are certain enough; a word's confidence is the sum of those of its classes.
     *
     * @param row the probability of each class of ImageNet-1k
     */
    static List<Label> with(List<Label> best, float[] row, double floor) {
        Stream<Label> broader = Concepts.load().all().stream()
                .map(concept -> new Label(
                        concept.name(),
                        concept.eachClass().mapToDouble(i -> row[i]).sum()))
                .filter(word -> word.confidence() >= floor)
                .map(word -> new Label(word.name(), Math.min(1, word.confidence())));
        return Label.together(Stream.concat(best.stream(), broader));
    }

    /** What things are, themselves and by broader words; the most certain of them says how certain that is. */
    static List<Label> labels(List<Detection> things) {
        return Label.together(things.stream()
                .flatMap(thing -> Stream.concat(
                                Stream.of(thing.name()),
                                Concepts.load().ofObject(thing.name()).stream().map(Concepts.Concept::name))
                        .map(word -> new Label(word, thing.confidence()))));
    }
}
