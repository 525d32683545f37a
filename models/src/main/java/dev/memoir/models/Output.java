package dev.memoir.models;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;

/** What a model's output means. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Output.Score.class, name = "score"),
    @JsonSubTypes.Type(value = Output.Labels.class, name = "labels"),
    @JsonSubTypes.Type(value = Output.Objects.class, name = "objects"),
    @JsonSubTypes.Type(value = Output.Boxes.class, name = "boxes"),
    @JsonSubTypes.Type(value = Output.Points.class, name = "points"),
    @JsonSubTypes.Type(value = Output.Embedding.class, name = "embedding"),
    @JsonSubTypes.Type(value = Output.Meaning.class, name = "meaning")
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
     * @param broader the least confidence of a broader word ({@link Concepts}), which is the sum of those of its classes
     * @param names JSON array with the classes' names, in the order of the row
     */
    record Labels(String name, int top, double floor, double broader, ModelFile names) implements Output {}

    /**
     * For each cell of some grids, finest first and row by row, a probability for each class, and for each side of a box
     * (left, top, right, bottom) weights of so many distances from the cell's middle: 0, 1, 2 … cells.
     *
     * @param strides pixels from one cell to the next, of each grid
     * @param bins distances that are weighed, by the softmax of their weights
     * @param floor the least probability that counts
     * @param overlap intersection by union above which two boxes of a class are taken for the same thing
     * @param most at most so many things are kept
     * @param names of the classes, in their order
     */
    record Objects(
            String name, List<Integer> strides, int bins, double floor, double overlap, int most, List<String> names)
            implements Output {
        public Objects {
            strides = List.copyOf(strides);
            names = List.copyOf(names);
        }
    }

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

    /**
     * A direction among the meanings of pictures and words.
     *
     * @param size how many components
     * @param words the other half of the model, which gives that of words
     */
    record Meaning(String name, int size, Words words) implements Output {}

    /**
     * What makes a direction of words.
     *
     * @param weights ONNX; its input is a row of 64-bit numbers
     * @param input name of that input: the tokens' numbers
     * @param mask name of the input that is 1 for tokens and 0 for what fills the row; empty when there is none
     * @param name of the output
     * @param tokenizer in the format of Hugging Face's library ({@code tokenizer.json})
     * @param length of a row, which is cut or filled to it; 0: as long as the words are
     * @param filler the number that fills it
     * @param lower whether the words were in lower case in training
     */
    record Words(
            ModelFile weights,
            String input,
            String mask,
            String name,
            ModelFile tokenizer,
            int length,
            long filler,
            boolean lower) {}
}
