package dev.memoir.bench;

import dev.memoir.vectors.Quantised;
import dev.memoir.vectors.Scan;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Random;

/** The work of {@link Vectors}: {@code scan|plain FILE DIMENSION TIMES MOST}. */
final class VectorLoop {
    private VectorLoop() {}

    public static void main(String[] arguments) throws Exception {
        int dimension = Integer.parseInt(arguments[2]);
        int times = Integer.parseInt(arguments[3]);
        int most = Integer.parseInt(arguments[4]);
        try (FileChannel channel = FileChannel.open(Path.of(arguments[1]));
                Arena arena = Arena.ofConfined()) {
            MemorySegment file = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), arena);
            int[] query = {0};
            if (arguments[0].equals("scan")) {
                Loop.print(times, () -> Scan.best(file, query(dimension, query[0]++), most, Optional.empty()));
            } else {
                Loop.print(times, () -> Scan.bestPlainly(file, query(dimension, query[0]++), most, Optional.empty()));
            }
        }
    }

    static Quantised query(int dimension, int number) {
        Random random = new Random(1000 + number);
        float[] vector = new float[dimension];
        for (int d = 0; d < dimension; d++) {
            vector[d] = (float) random.nextGaussian();
        }
        return Quantised.of(vector);
    }
}
