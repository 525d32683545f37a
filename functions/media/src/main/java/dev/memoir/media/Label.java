package dev.memoir.media;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What a model saw.
 *
 * @param name the model's word for it
 * @param confidence 0 to 1
 */
public record Label(String name, double confidence) {
    private static final Comparator<Label> MOST_CERTAIN_FIRST =
            Comparator.comparingDouble(Label::confidence).reversed().thenComparing(Label::name);

    /** Each name once, as certain as the most certain word on it; the most certain first. */
    public static List<Label> together(Stream<Label> labels) {
        Map<String, Double> confidence = new HashMap<>();
        labels.forEach(label -> confidence.merge(label.name(), label.confidence(), Math::max));
        return confidence.entrySet().stream()
                .map(label -> new Label(label.getKey(), label.getValue()))
                .sorted(MOST_CERTAIN_FIRST)
                .toList();
    }
}
