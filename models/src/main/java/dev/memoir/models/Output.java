package dev.memoir.models;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** What a model's output means. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Output.Score.class, name = "score"),
    @JsonSubTypes.Type(value = Output.Labels.class, name = "labels")
})
public sealed interface Output {

    /** The output's name in the model. */
    String name();

    /** One number, 0 to 1, at this place of the output row. */
    record Score(String name, int index) implements Output {}

    /**
     * A probability for each class, adding up to 1.
     *
     * @param top at most so many labels are kept
     * @param floor and none below this confidence
     * @param names JSON array with the classes' names, in the order of the row
     */
    record Labels(String name, int top, double floor, ModelFile names) implements Output {}
}
