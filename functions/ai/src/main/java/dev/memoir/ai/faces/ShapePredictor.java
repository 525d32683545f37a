package dev.memoir.ai.faces;

import dev.memoir.ai.picture.Pixels;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * dlib's shape predictor ("One Millisecond Face Alignment with an Ensemble of Regression Trees", Kazemi and Sullivan 2014):
 * it starts with the mean face in the box and moves its points by what many small trees say, which compare the brightness of
 * two pixels each; then once more from there, and so on. Points are x and y in turns; in the box both go from 0 to 1.
 */
final class ShapePredictor {
    private final float[] mean;
    private final List<Cascade> cascades;

    /**
     * One round.
     *
     * @param anchors for each pixel that is looked at, the point that it lies near
     * @param offsets and how far from it, x and y in turns
     */
    private record Cascade(List<Tree> trees, int[] anchors, float[] offsets) {}

    /**
     * A complete binary tree; the children of node i are 2i + 1 and 2i + 2.
     *
     * @param first pixel of each split
     * @param second pixel
     * @param thresholds a larger difference goes left
     * @param leaves what is added to the points
     */
    private record Tree(int[] first, int[] second, float[] thresholds, float[][] leaves) {

        float[] leaf(float[] brightness) {
            int node = 0;
            while (node < first.length) {
                boolean left = brightness[first[node]] - brightness[second[node]] > thresholds[node];
                node = 2 * node + (left ? 1 : 2);
            }
            return leaves[node - first.length];
        }
    }

    private ShapePredictor(float[] mean, List<Cascade> cascades) {
        this.mean = mean;
        this.cascades = cascades;
    }

    /** @throws IllegalStateException when the file is none that dlib wrote */
    static ShapePredictor load(Path file) {
        try {
            return read(new DlibReader(file));
        } catch (IOException | BufferUnderflowException | ArithmeticException | NegativeArraySizeException e) {
            throw new IllegalStateException("the shape predictor can't be read from " + file + ": " + e, e);
        }
    }

    static ShapePredictor read(DlibReader reader) throws IOException {
        if (reader.integer() != 1) {
            throw new IOException("not a shape predictor of version 1");
        }
        float[] mean = reader.matrix();
        List<List<Tree>> forests = new ArrayList<>();
        for (int forest = reader.count(); forest > 0; forest--) {
            List<Tree> trees = new ArrayList<>();
            for (int tree = reader.count(); tree > 0; tree--) {
                trees.add(tree(reader));
            }
            forests.add(List.copyOf(trees));
        }
        int[][] anchors = new int[reader.count()][];
        for (int i = 0; i < anchors.length; i++) {
            anchors[i] = new int[reader.count()];
            Arrays.setAll(anchors[i], _ -> reader.count());
        }
        float[][] offsets = new float[reader.count()][];
        for (int i = 0; i < offsets.length; i++) {
            offsets[i] = reader.numbers(2 * reader.count());
        }
        if (!reader.atEnd() || anchors.length != forests.size() || offsets.length != forests.size()) {
            throw new IOException("a shape predictor's parts don't fit together");
        }
        List<Cascade> cascades = new ArrayList<>();
        for (int i = 0; i < offsets.length; i++) {
            cascades.add(new Cascade(forests.get(i), anchors[i], offsets[i]));
        }
        return new ShapePredictor(mean, List.copyOf(cascades));
    }

    private static Tree tree(DlibReader reader) {
        int splits = reader.count();
        int[] first = new int[splits];
        int[] second = new int[splits];
        float[] thresholds = new float[splits];
        for (int i = 0; i < splits; i++) {
            first[i] = reader.count();
            second[i] = reader.count();
            thresholds[i] = reader.number();
        }
        float[][] leaves = new float[reader.count()][];
        for (int i = 0; i < leaves.length; i++) {
            leaves[i] = reader.matrix();
        }
        return new Tree(first, second, thresholds, leaves);
    }

    List<Point> points(Pixels picture, Box box) {
        float[] shape = mean.clone();
        for (Cascade cascade : cascades) {
            float[] brightness = brightness(picture, box, cascade, shape);
            for (Tree tree : cascade.trees()) {
                float[] leaf = tree.leaf(brightness);
                for (int i = 0; i < shape.length; i++) {
                    shape[i] += leaf[i];
                }
            }
        }
        List<Point> points = new ArrayList<>();
        for (int i = 0; i < shape.length; i += 2) {
            points.add(new Point(Rounding.nearest(x(box, shape[i])), Rounding.nearest(y(box, shape[i + 1]))));
        }
        return List.copyOf(points);
    }

    /** Of the pixels that a round looks at: they lie around the points as around those of the mean face, turned likewise. */
    private float[] brightness(Pixels picture, Box box, Cascade cascade, float[] shape) {
        Similarity turn = Similarity.between(doubles(mean), doubles(shape));
        float a = (float) turn.a();
        float b = (float) turn.b();
        float[] brightness = new float[cascade.anchors().length];
        for (int i = 0; i < brightness.length; i++) {
            float right = cascade.offsets()[2 * i];
            float down = cascade.offsets()[2 * i + 1];
            int anchor = 2 * cascade.anchors()[i];
            float x = a * right - b * down + shape[anchor];
            float y = b * right + a * down + shape[anchor + 1];
            brightness[i] = brightness(picture, (int) Math.floor(x(box, x) + 0.5), (int) Math.floor(y(box, y) + 0.5));
        }
        return brightness;
    }

    /** The mean of the three colours without its fraction; black outside of the picture. */
    private static float brightness(Pixels picture, int x, int y) {
        if (x < 0 || y < 0 || x >= picture.width() || y >= picture.height()) {
            return 0;
        }
        byte[] values = picture.values();
        int pixel = picture.offset() + y * picture.stride() + 3 * x;
        return ((values[pixel] & 0xFF) + (values[pixel + 1] & 0xFF) + (values[pixel + 2] & 0xFF)) / 3;
    }

    private static double x(Box box, double x) {
        return box.left() + x * (box.right() - box.left());
    }

    private static double y(Box box, double y) {
        return box.top() + y * (box.bottom() - box.top());
    }

    private static double[] doubles(float[] values) {
        double[] doubles = new double[values.length];
        Arrays.setAll(doubles, i -> values[i]);
        return doubles;
    }
}
