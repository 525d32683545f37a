package dev.memoir.bench;

import dev.memoir.store.MediaStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * A whole library at once. The yardstick is the machine's own: the processor time that one photo takes when it comes
 * alone (all processes, functions awake), times the number of photos, spread over all cores. An ingest that reaches 1.0
 * loses nothing to waiting between the stages.
 */
@Command(name = "ingest", description = "Many real-size photos at once, against the stages' own times.")
final class Ingest implements Callable<Integer> {
    private static final int ALONE = 20;

    @Option(names = "--photos", defaultValue = "2000", description = "How many (default ${DEFAULT-VALUE}).")
    private int photos;

    @Option(names = "--megapixels", defaultValue = "12", description = "Size of each (default ${DEFAULT-VALUE}).")
    private int megapixels;

    @Parameters(paramLabel = "SAMPLE", arity = "1..*", description = "Photos to enlarge.")
    private List<Path> samples;

    @Override
    public Integer call() throws Exception {
        List<byte[]> bases = new ArrayList<>();
        for (Path sample : samples) {
            try (var in = Files.newInputStream(sample)) {
                bases.add(RealPhotos.jpeg(in, megapixels, bases.size()));
            }
        }
        try (var memoir = LiveMemoir.start(60);
                var store = memoir.store()) {
            memoir.awaitRehearsed();
            put(store, bases, -1);
            memoir.awaitQueueEmpty(Duration.ofMinutes(1));
            double alone = alone(memoir, store, bases);
            all(memoir, store, bases, alone);
        }
        return 0;
    }

    /** Processor seconds that a photo costs when it comes by itself. */
    private double alone(LiveMemoir memoir, MediaStore store, List<byte[]> bases) throws Exception {
        double before = busySeconds();
        long start = System.nanoTime();
        for (int i = 0; i < ALONE; i++) {
            put(store, bases, 1_000_000 + i);
            Thread.sleep(100);
            memoir.awaitQueueEmpty(Duration.ofMinutes(1));
        }
        double each = (busySeconds() - before) / ALONE;
        System.out.printf(
                Locale.ROOT,
                "%nAlone: %.2f processor seconds a photo, %.2f s from put to labelled%n",
                each,
                (System.nanoTime() - start) / 1e9 / ALONE);
        return each;
    }

    private void all(LiveMemoir memoir, MediaStore store, List<byte[]> bases, double alone) throws Exception {
        double before = busySeconds();
        long start = System.nanoTime();
        var next = new AtomicInteger();
        var uploaders = new ArrayList<Thread>();
        for (int i = 0; i < 2; i++) {
            uploaders.add(Thread.ofVirtual().start(() -> {
                for (int n = next.getAndIncrement(); n < photos; n = next.getAndIncrement()) {
                    put(store, bases, n);
                }
            }));
        }
        for (Thread uploader : uploaders) {
            uploader.join();
        }
        memoir.awaitQueueEmpty(Duration.ofHours(3));
        double seconds = (System.nanoTime() - start) / 1e9;
        int cores = Runtime.getRuntime().availableProcessors();
        double busy = busySeconds() - before;
        System.out.printf(
                Locale.ROOT,
                "%n| photos | size | s | photos per hour | cores used | processor s a photo | of the stages' own time |%n"
                        + "| --- | --- | --- | --- | --- | --- | --- |%n| %d | %d MP | %.0f | %.0f | %.2f of %d | %.2f | %.2f |%n",
                photos,
                megapixels,
                seconds,
                photos / seconds * 3600,
                busy / seconds,
                cores,
                busy / photos,
                alone * photos / cores / seconds);
    }

    private static void put(MediaStore store, List<byte[]> bases, long number) {
        byte[] base = bases.get((int) Math.floorMod(number, (long) bases.size()));
        store.put("originals", "ingest/" + number + ".jpg", RealPhotos.variant(base, number), "image/jpeg");
    }

    /** Processor seconds that the whole machine has spent on anything but waiting (Linux /proc/stat, 100 per second). */
    private static double busySeconds() throws IOException {
        String[] fields =
                Files.readAllLines(Path.of("/proc/stat")).getFirst().strip().split("\\s+");
        long busy = 0;
        for (int i = 1; i < fields.length; i++) {
            boolean idle = i == 4 || i == 5;
            boolean countedInUser = i == 9 || i == 10;
            busy += idle || countedInUser ? 0 : Long.parseLong(fields[i]);
        }
        return busy / 100.0;
    }
}
