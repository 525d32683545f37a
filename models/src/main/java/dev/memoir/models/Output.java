package dev.memoir.models;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** What a model's output means. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Output.Score.class, name = "score"),
    @JsonSubTypes.Type(value = Output.Labels.class, name = "labels"),
    @JsonSubTypes.Type(value = Output.Boxes.class, name = "boxes"),
    @JsonSubTypes.Type(value = Output.Points.class, name = "points"),
    @JsonSubTypes.Type(value = Output.Embedding.class, name = "embedding")
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

    /**
     * A score for each cell of a tiled pyramid, above 0 where there is something, always of the same size.
     *
     * @param width to which a picture is scaled before it is looked at, unless somebody wants another
     * @param enlarge how often it is doubled then
     * @param cell pixels from one cell to the next
     * @param first pixel, across and down, that the first cell is the middle of
     * @param window pixels, across and down, of what was found
     * @param floor the least score that counts
     * @param overlap above which two boxes are taken for the same thing
     */
    record Boxes(String name, int width, int enlarge, int cell, int first, int window, double floor, double overlap)
            implements Output {}

    /** So many points of a thing in a box. */
    record Points(String name, int count) implements Output {}

    /**
     * Numbers that are near each other for the same thing.
     *
     * @param size how many
     * @param chip pixels, across and down, of the cut-out thing
     * @param padding around it, as a part of its size
     * @param same the Euclidean distance below which two are most probably the same
     */
    record Embedding(String name, int size, int chip, double padding, double same) implements Output {}
}
