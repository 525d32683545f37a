package dev.memoir.vectors;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * The program that scans: questions on its input, answers on its output, both as {@link Wire} writes them, until the input
 * ends. It is to be run with C2 and, where there is it, the module {@code jdk.incubator.vector}.
 */
public final class ScanMain {
    /** So many rows, so often: then C2 has compiled the loop, which takes it a second or two of a processor. */
    private static final int WARM_ROWS = 2_000;

    private static final int WARM_TIMES = 60;
    private static final int WARM_DIMENSION = 256;

    /** Whether C2 has compiled what uses the Vector API; uncompiled that takes longer than a plain loop. */
    private static volatile boolean warm;

    private static Thread warming;

    private ScanMain() {}

    public static void main(String[] arguments) throws IOException {
        // Nothing that a library prints gets among the answers.
        OutputStream answers = System.out;
        System.setOut(System.err);
        serve(System.in, answers);
    }

    private static void serve(InputStream from, OutputStream to) throws IOException {
        DataInputStream questions = new DataInputStream(new BufferedInputStream(from));
        DataOutputStream answers = new DataOutputStream(new BufferedOutputStream(to));
        try (Mapping mapping = new Mapping()) {
            while (true) {
                Wire.Question question;
                try {
                    question = Wire.readQuestion(questions);
                } catch (EOFException end) {
                    return;
                }
                answer(mapping, question, answers);
                answers.flush();
                startWarmingUp();
            }
        }
    }

    private static void answer(Mapping mapping, Wire.Question question, DataOutputStream answers) throws IOException {
        List<Found> best;
        try {
            best = Scan.best(mapping.of(Path.of(question.file())), question.query(), question.most(), question.after());
        } catch (IOException | IllegalArgumentException e) {
            Wire.writeFailure(answers, String.valueOf(e.getMessage()));
            return;
        }
        Wire.writeAnswer(answers, best);
    }

    /** A file stays mapped as long as it is the same one and has not grown. */
    private static final class Mapping implements AutoCloseable {
        private Arena arena = Arena.ofConfined();
        private MemorySegment segment;
        private Object file;

        private MemorySegment of(Path path) throws IOException {
            record Same(Path path, Object key, long size) {}
            Same now = new Same(path, Files.getAttribute(path, "unix:ino"), Files.size(path));
            if (!now.equals(file)) {
                arena.close();
                arena = Arena.ofConfined();
                file = null;
                try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
                    segment = channel.map(FileChannel.MapMode.READ_ONLY, 0, now.size(), arena);
                }
                file = now;
            }
            return segment;
        }

        @Override
        public void close() {
            arena.close();
        }
    }

    /** Not before somebody has been answered, who would wait for it. */
    private static void startWarmingUp() {
        if (warming == null) {
            warming = new Thread(ScanMain::warmUp, "warm-up");
            warming.setDaemon(true);
            warming.start();
        }
    }

    private static void warmUp() {
        Random random = new Random(1);
        float[] query = new float[WARM_DIMENSION];
        for (int i = 0; i < WARM_DIMENSION; i++) {
            query[i] = random.nextFloat() - 0.5f;
        }
        Quantised quantised = Quantised.of(query);
        int stride = Layout.stride(WARM_DIMENSION);
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment rows = arena.allocate(Layout.HEADER + (long) WARM_ROWS * stride);
            rows.set(Layout.INT, Layout.DIMENSION_AT, WARM_DIMENSION);
            rows.set(Layout.LONG, Layout.ROWS_AT, WARM_ROWS);
            for (int row = 0; row < WARM_ROWS; row++) {
                long at = Layout.HEADER + (long) row * stride;
                rows.set(Layout.INT, at, row);
                rows.set(Layout.FLOAT, at + Layout.SCALE_AT, 1 + random.nextFloat());
                MemorySegment.copy(
                        MemorySegment.ofArray(quantised.components()), 0, rows, at + Layout.ROW_HEADER, WARM_DIMENSION);
            }
            for (int i = 0; i < WARM_TIMES; i++) {
                Scan.best(rows, quantised, 50, Optional.empty());
            }
        }
        warm = true;
    }
}
