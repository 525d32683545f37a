package dev.memoir.catalog;

import dev.memoir.media.Label;
import java.util.List;
import java.util.OptionalDouble;

/**
 * What one model said of an asset.
 *
 * @param task {@code labels}, {@code objects}, {@code nsfw}, {@code words} or {@code faces}
 * @param model its name in the model catalogue
 * @param version its version there
 * @param labels most certain first; empty for tasks that give none
 * @param detections most certain first; empty for tasks that find no places
 * @param score 0 to 1, for tasks that give one number (nsfw)
 * @param vectors what each frame means, the one that is shown first; empty for tasks that give none
 */
public record Analysis(
        String task,
        String model,
        String version,
        List<Label> labels,
        List<Detection> detections,
        OptionalDouble score,
        List<Embedding> vectors) {
    public Analysis {
        labels = List.copyOf(labels);
        detections = List.copyOf(detections);
        vectors = List.copyOf(vectors);
    }

    /** Of a task that gives no vectors. */
    public Analysis(
            String task,
            String model,
            String version,
            List<Label> labels,
            List<Detection> detections,
            OptionalDouble score) {
        this(task, model, version, labels, detections, score, List.of());
    }

    /** Of a task that finds no places. */
    public Analysis(String task, String model, String version, List<Label> labels, OptionalDouble score) {
        this(task, model, version, labels, List.of(), score);
    }
}
