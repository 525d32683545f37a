package dev.memoir.ai.faces;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class SimilarityTest {
    private static final double[] TRIANGLE = {0, 0, 10, 0, 0, 5};

    @Test
    void turningScalingAndMovingIsFoundAgain() {
        var made = new Similarity(1.5 * Math.cos(0.7), 1.5 * Math.sin(0.7), -3, 8);
        var found = Similarity.between(TRIANGLE, through(made));
        assertEquals(made.a(), found.a(), 1e-12);
        assertEquals(made.b(), found.b(), 1e-12);
        assertEquals(made.dx(), found.dx(), 1e-12);
        assertEquals(made.dy(), found.dy(), 1e-12);
    }

    @Test
    void betweenPointsThatFitBadlyNoOtherIsNearer() {
        double[] to = {1, 2, 9, 4, -2, 11};
        var best = Similarity.between(TRIANGLE, to);
        double least = distance(best, to);
        for (double step : new double[] {-0.01, 0.01}) {
            for (var other : new Similarity[] {
                new Similarity(best.a() + step, best.b(), best.dx(), best.dy()),
                new Similarity(best.a(), best.b() + step, best.dx(), best.dy()),
                new Similarity(best.a(), best.b(), best.dx() + step, best.dy()),
                new Similarity(best.a(), best.b(), best.dx(), best.dy() + step)
            }) {
                assertEquals(1, Double.compare(distance(other, to), least), other.toString());
            }
        }
    }

    @Test
    void pointsThatLieOnEachOtherAreMovedOnly() {
        var found = Similarity.between(new double[] {2, 3, 2, 3}, new double[] {5, 5, 5, 5});
        assertEquals(new Similarity(1, 0, 3, 2), found);
    }

    private static double[] through(Similarity similarity) {
        double[] to = new double[TRIANGLE.length];
        for (int i = 0; i < to.length; i += 2) {
            to[i] = similarity.x(TRIANGLE[i], TRIANGLE[i + 1]);
            to[i + 1] = similarity.y(TRIANGLE[i], TRIANGLE[i + 1]);
        }
        return to;
    }

    private static double distance(Similarity similarity, double[] to) {
        double sum = 0;
        for (int i = 0; i < to.length; i += 2) {
            sum += Math.pow(similarity.x(TRIANGLE[i], TRIANGLE[i + 1]) - to[i], 2);
            sum += Math.pow(similarity.y(TRIANGLE[i], TRIANGLE[i + 1]) - to[i + 1], 2);
        }
        return sum;
    }
}
