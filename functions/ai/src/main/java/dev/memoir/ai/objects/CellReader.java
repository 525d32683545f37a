package dev.memoir.ai.objects;

import dev.memoir.ai.picture.Fitted;
import dev.memoir.catalog.Detection;
import dev.memoir.models.Output;
import dev.memoir.people.Region;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Reads the cells of a NanoDet: Lyu, "NanoDet" (2020), whose boxes are distributions over distances as in Li et al.,
 * "Generalized Focal Loss" (2020).
 */
public final class CellReader {
    private static final int SIDES = 4;

    private final Output.Objects output;

    public CellReader(Output.Objects output) {
        this.output = output;
    }

    /** A box on the canvas, in its pixels. */
    private record Candidate(int kind, double confidence, double left, double top, double right, double bottom) {

        /** Intersection by union. */
        double overlap(Candidate other) {
            double width = Math.min(right, other.right) - Math.max(left, other.left);
            double height = Math.min(bottom, other.bottom) - Math.max(top, other.top);
            if (width <= 0 || height <= 0) {
                return 0;
            }
            return width * height / (area() + other.area() - width * height);
        }

        private double area() {
            return (right - left) * (bottom - top);
        }
    }

    /**
     * The things in a picture, the most certain first.
     *
     * @param cells the network's output
     * @param fitted how the picture lay on the canvas that the network saw
     */
    public List<Detection> read(float[] cells, Fitted fitted) {
        List<Candidate> kept = new ArrayList<>();
        for (Candidate candidate : candidates(cells, fitted)) {
            boolean again = kept.stream()
                    .anyMatch(one -> one.kind() == candidate.kind() && one.overlap(candidate) > output.overlap());
            if (!again) {
                kept.add(candidate);
            }
        }
        return kept.stream()
                .flatMap(candidate -> detection(candidate, fitted).stream())
                .limit(output.most())
                .toList();
    }

    private List<Candidate> candidates(float[] cells, Fitted fitted) {
        int kinds = output.names().size();
        int length = kinds + SIDES * output.bins();
        List<Candidate> found = new ArrayList<>();
        int cell = 0;
        for (int stride : output.strides()) {
            int columns = fitted.canvasWidth() / stride;
            int count = columns * (fitted.canvasHeight() / stride);
            for (int i = 0; i < count; i++, cell++) {
                for (int kind = 0; kind < kinds; kind++) {
                    float confidence = cells[cell * length + kind];
                    if (confidence >= output.floor()) {
                        double x = (i % columns + 0.5) * stride;
                        double y = (i / columns + 0.5) * stride;
                        found.add(candidate(cells, cell * length + kinds, kind, confidence, x, y, stride));
                    }
                }
            }
        }
        if (cell * length != cells.length) {
            throw new IllegalStateException(
                    cells.length + " numbers for " + cell + " cells of " + length + ": not the network that was meant");
        }
        found.sort(Comparator.comparingDouble(Candidate::confidence).reversed());
        return found;
    }

    private Candidate candidate(float[] cells, int at, int kind, float confidence, double x, double y, int stride) {
        double[] distances = new double[SIDES];
        for (int side = 0; side < SIDES; side++) {
            distances[side] = stride * mean(cells, at + side * output.bins());
        }
        return new Candidate(kind, confidence, x - distances[0], y - distances[1], x + distances[2], y + distances[3]);
    }

    /** The mean of 0, 1, 2 …, weighed by the softmax of these weights. */
    private double mean(float[] weights, int from) {
        float largest = weights[from];
        for (int i = 1; i < output.bins(); i++) {
            largest = Math.max(largest, weights[from + i]);
        }
        double sum = 0;
        double weighed = 0;
        for (int i = 0; i < output.bins(); i++) {
            double weight = Math.exp(weights[from + i] - largest);
            sum += weight;
            weighed += i * weight;
        }
        return weighed / sum;
    }

    /** Empty when it lies beside the picture altogether. */
    private Optional<Detection> detection(Candidate found, Fitted fitted) {
        double left = within(fitted.across(found.left()));
        double top = within(fitted.down(found.top()));
        double width = within(fitted.across(found.right())) - left;
        double height = within(fitted.down(found.bottom())) - top;
        return width > 0 && height > 0
                ? Optional.of(new Detection(
                        output.names().get(found.kind()), found.confidence(), new Region(left, top, width, height), 0))
                : Optional.empty();
    }

    private static double within(double part) {
        return Math.clamp(part, 0, 1);
    }
}
