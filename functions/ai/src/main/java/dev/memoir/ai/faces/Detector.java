package dev.memoir.ai.faces;

import dev.memoir.ai.picture.Pixels;
import dev.memoir.models.Output;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * dlib's detector (max-margin object detection, King 2015): a network gives each cell of a tiled pyramid a score; where it is
 * high there is a face of a fixed size in that level. Keeps its buffers from picture to picture; for one thread at a time.
 */
final class Detector {
    /**
     * So many pixels of the tiled pyramid go through the network at once, to bound its memory. In strips that overlap by what
     * a cell can see the scores are the same to the bit; each strip costs that overlap.
     */
    private static final int MOST_PIXELS = 2_500_000;

    private final Session network;
    private final Normaliser normaliser;
    private final Output.Boxes output;
    private float[] planes = {};

    Detector(Session network, Normaliser normaliser, Output.Boxes output) {
        this.network = network;
        this.normaliser = normaliser;
        this.output = output;
    }

    /** A box with its score, before those of the same face are put together. */
    private record Candidate(Box box, float score) {}

    /**
     * The faces of a picture, the surest first.
     *
     * @param enlarge how often the picture is doubled first: each time faces of half the size are found, in four times the
     *     time
     * @param floor the least score
     */
    List<Detection> detect(Pixels picture, int enlarge, double floor) {
        Pixels enlarged = picture;
        for (int i = 0; i < enlarge; i++) {
            enlarged = Bilinear.resize(enlarged, 2 * enlarged.width() + 2, 2 * enlarged.height() + 1);
        }
        var pyramid = TiledPyramid.of(enlarged.width(), enlarged.height());
        if (pyramid.width() < Strip.LEAST_PIXELS || pyramid.height() < Strip.LEAST_PIXELS) {
            return List.of();
        }
        fill(pyramid, enlarged);
        List<Candidate> candidates = candidates(pyramid, floor);
        return distinct(candidates, output.overlap()).stream()
                .map(kept -> new Detection(undo(kept.box(), enlarge), kept.score()))
                .toList();
    }

    /** The mean colour, which is 0 here, is the background. */
    private void fill(TiledPyramid pyramid, Pixels picture) {
        int stride = pyramid.width();
        int plane = Math.multiplyExact(stride, pyramid.height());
        int size = Math.multiplyExact(3, plane);
        if (planes.length < size) {
            planes = new float[size];
        } else {
            Arrays.fill(planes, 0, size, 0);
        }
        List<TiledPyramid.Tile> levels = pyramid.levels();
        normaliser.write(picture, planes, first(levels.getFirst(), stride), stride, plane);
        for (int i = 1; i < levels.size(); i++) {
            TiledPyramid.Tile from = levels.get(i - 1);
            TiledPyramid.Tile to = levels.get(i);
            var scale = new Bilinear(from.width(), from.height(), to.width(), to.height());
            for (int channel = 0; channel < 3; channel++) {
                scale.resize(
                        planes,
                        stride,
                        channel * plane + first(from, stride),
                        channel * plane + first(to, stride),
                        to.height());
            }
        }
    }

    private static int first(TiledPyramid.Tile tile, int stride) {
        return tile.top() * stride + tile.left();
    }

    private List<Candidate> candidates(TiledPyramid pyramid, double floor) {
        List<Candidate> found = new ArrayList<>();
        for (Strip strip : Strip.cut(pyramid.width(), pyramid.height(), MOST_PIXELS)) {
            float[] scores = scores(pyramid, strip);
            int columns = scores.length / strip.cells();
            for (int row = strip.skip(); row < strip.skip() + strip.wanted(); row++) {
                for (int column = 0; column < columns; column++) {
                    float score = scores[row * columns + column];
                    if (score > 0 && score >= floor) {
                        found.add(new Candidate(box(pyramid, column, strip.firstCell() + row), score));
                    }
                }
            }
        }
        return found;
    }

    private float[] scores(TiledPyramid pyramid, Strip strip) {
        int plane = pyramid.width() * pyramid.height();
        int part = pyramid.width() * strip.rows();
        FloatBuffer input = network.input(3 * part);
        for (int channel = 0; channel < 3; channel++) {
            input.put(planes, channel * plane + strip.firstRow() * pyramid.width(), part);
        }
        return network.run(1, 3, strip.rows(), pyramid.width());
    }

    private Box box(TiledPyramid pyramid, int column, int row) {
        double x = output.cell() * column + output.first();
        double y = output.cell() * row + output.first();
        double half = (output.window() - 1) / 2.0;
        int level = pyramid.levelAt(x, y);
        TiledPyramid.Place topLeft = pyramid.inPicture(level, x - half, y - half);
        TiledPyramid.Place bottomRight = pyramid.inPicture(level, x + half, y + half);
        return rounded(topLeft.x(), topLeft.y(), bottomRight.x(), bottomRight.y());
    }

    /** Of boxes that overlap too much, the one with the highest score. */
    private static List<Candidate> distinct(List<Candidate> candidates, double overlap) {
        List<Candidate> kept = new ArrayList<>();
        candidates.stream()
                .sorted(Comparator.comparingDouble(Candidate::score).reversed())
                .filter(candidate ->
                        kept.stream().noneMatch(k -> candidate.box().overlap(k.box()) > overlap))
                .forEach(kept::add);
        return kept;
    }

    /** dlib's {@code pyramid_down<2>::point_down}, once for each enlargement. */
    private static Box undo(Box box, int enlarged) {
        double left = box.left();
        double top = box.top();
        double right = box.right();
        double bottom = box.bottom();
        for (int i = 0; i < enlarged; i++) {
            left = left / 2 - 1.25;
            top = top / 2 - 0.75;
            right = right / 2 - 1.25;
            bottom = bottom / 2 - 0.75;
        }
        return rounded(left, top, right, bottom);
    }

    private static Box rounded(double left, double top, double right, double bottom) {
        return new Box(
                Rounding.nearest(left), Rounding.nearest(top), Rounding.nearest(right), Rounding.nearest(bottom));
    }
}
