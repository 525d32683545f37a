package dev.memoir.catalog;

import dev.memoir.media.Label;
import java.util.List;
import java.util.OptionalDouble;

/**
 * What one model said of an asset.
 *
 * @param task {@code labels} or {@code nsfw}
 * @param model its name in the model catalogue
 * @param version its version there
 * @param labels most certain first; empty for tasks that give none
 * @param score 0 to 1, for tasks that give one number (nsfw)
 */
public record Analysis(String task, String model, String version, List<Label> labels, OptionalDouble score) {
    public Analysis {
        labels = List.copyOf(labels);
    }
}
