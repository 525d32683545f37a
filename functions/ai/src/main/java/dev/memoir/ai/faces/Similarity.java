package dev.memoir.ai.faces;

/**
 * Turning, scaling evenly and moving: {@code (x, y) -> (a x - b y + dx, b x + a y + dy)}.
 *
 * @param a scale times cosine
 * @param b scale times sine
 */
record Similarity(double a, double b, double dx, double dy) {

    /**
     * The one that brings points nearest to others by least squares (Umeyama, "Least-Squares Estimation of Transformation
     * Parameters Between Two Point Patterns", 1991; in the plane, without mirroring, it needs no decomposition).
     *
     * @param from x and y in turns
     * @param to the same number of points
     */
    static Similarity between(double[] from, double[] to) {
        int points = from.length / 2;
        double fromX = 0;
        double fromY = 0;
        double toX = 0;
        double toY = 0;
        for (int i = 0; i < points; i++) {
            fromX += from[2 * i];
            fromY += from[2 * i + 1];
            toX += to[2 * i];
            toY += to[2 * i + 1];
        }
        fromX /= points;
        fromY /= points;
        toX /= points;
        toY /= points;
        double along = 0;
        double across = 0;
        double spread = 0;
        for (int i = 0; i < points; i++) {
            double fx = from[2 * i] - fromX;
            double fy = from[2 * i + 1] - fromY;
            double tx = to[2 * i] - toX;
            double ty = to[2 * i + 1] - toY;
            along += tx * fx + ty * fy;
            across += ty * fx - tx * fy;
            spread += fx * fx + fy * fy;
        }
        double a = spread == 0 ? 1 : along / spread;
        double b = spread == 0 ? 0 : across / spread;
        return new Similarity(a, b, toX - (a * fromX - b * fromY), toY - (b * fromX + a * fromY));
    }

    double x(double x, double y) {
        return a * x - b * y + dx;
    }

    double y(double x, double y) {
        return b * x + a * y + dy;
    }
}
