package dev.memoir.vectors;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScanTest {
    private final Random random = new Random(7);

    @TempDir
    private Path folder;

    static IntStream dimensions() {
        return IntStream.concat(IntStream.rangeClosed(1, 130), IntStream.of(511, 512, 513, 768, 1152));
    }

    static byte[] id(int number) {
        return ByteBuffer.allocate(Layout.ID).putInt(number).putInt(28, number).array();
    }

    float[] vector(int dimension) {
        float[] vector = new float[dimension];
        for (int i = 0; i < dimension; i++) {
            vector[i] = (float) random.nextGaussian();
        }
        return vector;
    }

    private List<VectorFile.Entry> entries(int count, int dimension, int mostFrames) {
        List<VectorFile.Entry> entries = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            List<Quantised> frames = new ArrayList<>();
            for (int frame = random.nextInt(mostFrames); frame >= 0; frame--) {
                frames.add(Quantised.of(vector(dimension)));
            }
            entries.add(new VectorFile.Entry(id(i), i, frames));
        }
        return entries;
    }

    private Path written(List<VectorFile.Entry> entries, int dimension) throws IOException {
        Path path = folder.resolve("d" + dimension);
        try (VectorFile file = VectorFile.open(path, "m/1", dimension)) {
            file.add(entries);
        }
        return path;
    }

    private static List<Found> scanned(Path path, Quantised query, int most, Optional<Found> after) throws IOException {
        try (FileChannel channel = FileChannel.open(path);
                Arena arena = Arena.ofConfined()) {
            MemorySegment file = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), arena);
            return Scan.best(file, query, most, after);
        }
    }

    /** In another order of operations, with plain numbers. */
    private static List<Found> byHand(List<VectorFile.Entry> entries, Quantised query) {
        return entries.stream()
                .map(entry -> {
                    float best = Float.NEGATIVE_INFINITY;
                    for (Quantised vector : entry.vectors()) {
                        int dot = 0;
                        for (int i = 0; i < query.components().length; i++) {
                            dot += query.components()[i] * vector.components()[i];
                        }
                        best = Math.max(best, dot * vector.scale() * query.scale());
                    }
                    return new Found(entry.id(), best);
                })
                .sorted(Found.BEST_FIRST)
                .toList();
    }

    @ParameterizedTest
    @MethodSource("dimensions")
    void itFindsWhatComparingOneByOneFindsWhateverTheDimension(int dimension) throws IOException {
        List<VectorFile.Entry> entries = entries(60, dimension, 3);
        Path path = written(entries, dimension);
        Quantised query = Quantised.of(vector(dimension));

        assertEquals(byHand(entries, query).subList(0, 20), scanned(path, query, 20, Optional.empty()));
        try (FileChannel channel = FileChannel.open(path);
                Arena arena = Arena.ofConfined()) {
            MemorySegment file = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), arena);
            assertEquals(byHand(entries, query).subList(0, 20), Scan.bestPlainly(file, query, 20, Optional.empty()));
        }
    }

    @Test
    void theLargestProductsDoNotOverflow() throws IOException {
        byte[] extreme = new byte[1024];
        byte[] opposite = new byte[1024];
        for (int i = 0; i < extreme.length; i++) {
            extreme[i] = (byte) (i % 2 == 0 ? 127 : -127);
            opposite[i] = (byte) -extreme[i];
        }
        List<VectorFile.Entry> entries = List.of(
                new VectorFile.Entry(id(1), 1, List.of(new Quantised(1, extreme))),
                new VectorFile.Entry(id(2), 1, List.of(new Quantised(1, opposite))));
        List<Found> found = scanned(written(entries, 1024), new Quantised(1, extreme), 10, Optional.empty());

        assertEquals(List.of(new Found(id(1), 127 * 127 * 1024), new Found(id(2), -127 * 127 * 1024)), found);
    }

    @Test
    void pagesMeetWithoutGapOrRepetition() throws IOException {
        List<VectorFile.Entry> entries = entries(100, 16, 4);
        // Equals beside each other, in any order.
        for (int i = 0; i < 30; i++) {
            entries.set(
                    50 + i, new VectorFile.Entry(id(50 + i), 1, entries.get(3).vectors()));
        }
        Path path = written(entries, 16);
        Quantised query = Quantised.of(vector(16));
        List<Found> pages = new ArrayList<>();
        Optional<Found> after = Optional.empty();
        for (List<Found> page = scanned(path, query, 7, after);
                !page.isEmpty();
                page = scanned(path, query, 7, after)) {
            pages.addAll(page);
            after = Optional.of(page.getLast());
        }

        assertEquals(byHand(entries, query), pages);
    }

    @Test
    void aReplacedThingIsFoundByItsNewVectorsOnly() throws IOException {
        Path path = folder.resolve("replaced");
        Quantised east = Quantised.of(new float[] {1, 0, 0});
        Quantised north = Quantised.of(new float[] {0, 1, 0});
        try (VectorFile file = VectorFile.open(path, "m/1", 3)) {
            file.add(List.of(new VectorFile.Entry(id(1), 1, List.of(east, north))));
            file.add(List.of(new VectorFile.Entry(id(1), 1, List.of(east))));
            assertEquals(1, scanned(path, north, 9, Optional.empty()).getFirst().score(), 0.02);
            file.add(List.of(new VectorFile.Entry(id(1), 2, List.of(east))));
            assertEquals(List.of(new Found(id(1), 0)), scanned(path, north, 9, Optional.empty()));
            file.add(List.of(
                    new VectorFile.Entry(id(2), 3, List.of(east)), new VectorFile.Entry(id(3), 3, List.of(east))));
        }
        try (VectorFile again = VectorFile.open(path, "m/1", 3)) {
            assertEquals(3, again.newest());
            assertEquals(3, again.size());
            again.add(List.of(new VectorFile.Entry(id(2), 4, List.of(north))));
        }
        try (VectorFile again = VectorFile.open(path, "m/1", 3)) {
            assertEquals(0, again.size(), "with many rows that count no more it is made anew");
        }
    }

    @Test
    void aFileGoesOnWhereItWasAndIsMadeAnewForAnotherModel() throws IOException {
        List<VectorFile.Entry> entries = entries(10, 5, 3);
        Path path = written(entries, 5);
        try (VectorFile same = VectorFile.open(path, "m/1", 5)) {
            assertEquals(10, same.size());
            assertEquals(9, same.newest());
            same.add(List.of(new VectorFile.Entry(id(11), 11, List.of(Quantised.of(vector(5))))));
        }
        assertEquals(
                11, scanned(path, Quantised.of(vector(5)), 99, Optional.empty()).size());
        try (VectorFile other = VectorFile.open(path, "m/2", 5)) {
            assertEquals(0, other.size());
            assertEquals(Long.MIN_VALUE, other.newest());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 3, 100, 300, 400})
    void aFileThatWasCutOrIsNoneIsMadeAnew(int bytes) throws IOException {
        Path path = written(entries(2, 5, 1), 5);
        try (FileChannel channel = FileChannel.open(path, java.nio.file.StandardOpenOption.WRITE)) {
            channel.truncate(bytes);
        }
        try (VectorFile anew = VectorFile.open(path, "m/1", 5)) {
            assertEquals(0, anew.size());
        }
    }

    @Test
    void vectorsOfAnotherSizeAreRefused() throws IOException {
        Path path = written(entries(2, 5, 1), 5);
        assertThrows(IllegalArgumentException.class, () -> scanned(path, Quantised.of(vector(6)), 1, Optional.empty()));
        try (VectorFile file = VectorFile.open(path, "m/1", 5)) {
            var wrong = List.of(new VectorFile.Entry(id(1), 9, List.of(Quantised.of(vector(6)))));
            assertThrows(IllegalArgumentException.class, () -> file.add(wrong));
        }
    }

    @Test
    void aQuantisedDirectionIsNearlyTheSame() {
        float[] vector = vector(512);
        Quantised quantised = Quantised.of(vector);
        double length = 0;
        double dot = 0;
        double own = 0;
        for (int i = 0; i < vector.length; i++) {
            double component = quantised.components()[i] * (double) quantised.scale();
            length += vector[i] * (double) vector[i];
            own += component * component;
            dot += component * vector[i];
        }
        assertEquals(1, Math.sqrt(own), 0.002);
        assertTrue(dot / Math.sqrt(length) > 0.9995, "cosine " + dot / Math.sqrt(length));
        assertThrows(IllegalArgumentException.class, () -> Quantised.of(new float[4]));
        assertThrows(IllegalArgumentException.class, () -> Quantised.of(new float[] {Float.NaN, 1}));
    }

    @Test
    void aProcessOfItsOwnFindsTheSameAndSeesWhatIsAdded() throws IOException {
        List<VectorFile.Entry> entries = entries(500, 40, 2);
        Path path = written(entries.subList(0, 300), 40);
        Quantised query = Quantised.of(vector(40));
        try (ScanProcess process = new ScanProcess()) {
            List<Found> first = process.best(path, query, 10, Optional.empty());
            assertEquals(byHand(entries.subList(0, 300), query).subList(0, 10), first);
            try (VectorFile file = VectorFile.open(path, "m/1", 40)) {
                file.add(entries);
            }
            List<Found> all = byHand(entries, query);
            assertEquals(all.subList(0, 10), process.best(path, query, 10, Optional.empty()));
            assertEquals(all.subList(10, 30), process.best(path, query, 20, Optional.of(all.get(9))));

            IOException failed = assertThrows(
                    IOException.class, () -> process.best(folder.resolve("none"), query, 10, Optional.empty()));
            assertTrue(failed.getMessage().contains("none"), failed.getMessage());
            assertEquals(all.subList(0, 1), process.best(path, query, 1, Optional.empty()), "it goes on");
        }
    }
}
