package dev.memoir.bench;

import com.fasterxml.jackson.databind.JsonNode;
import dev.memoir.parts.Parts;
import dev.memoir.vectors.Quantised;
import dev.memoir.vectors.ScanProcess;
import dev.memoir.vectors.VectorFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Which of many vectors are nearest to one: exactly, warm and by a process that is only just started. */
@Command(
        name = "vectors",
        description = "Searches made-up vectors exactly: by the Vector API, by a plain loop and by numpy, in turns.")
final class Vectors implements Callable<Integer> {
    private static final int ID = 32;
    private static final int BATCH = 5_000;
    private static final int MOST = 500;
    private static final int STARTS = 7;

    @Option(names = "--count", defaultValue = "100000", description = "How many (default ${DEFAULT-VALUE}).")
    private int count;

    @Option(names = "--dimension", defaultValue = "512", description = "Components (default ${DEFAULT-VALUE}).")
    private int dimension;

    @Option(names = "--times", defaultValue = "50", description = "Searches a turn (default ${DEFAULT-VALUE}).")
    private int times;

    @Option(names = "--peers", description = "Also numpy; it is fetched into a folder of its own the first time.")
    private boolean peers;

    private final Map<Integer, List<Figures>> processor = new HashMap<>();

    @Override
    public Integer call() throws Exception {
        Path folder = Files.createTempDirectory("memoir-vectors-");
        Path file = folder.resolve("vectors");
        write(file);
        List<String> names =
                new ArrayList<>(List.of("Vector API, 8 bit, C2", "plain loop, 8 bit, C2", "plain loop, 8 bit, C1"));
        List<Loop.Contestant> contestants = new ArrayList<>(List.of(
                () -> measured(0, java(file, "scan", List.of())),
                () -> measured(1, java(file, "plain", List.of())),
                () -> measured(2, java(file, "plain", List.of("-XX:TieredStopAtLevel=1")))));
        if (peers) {
            names.add("numpy, 32 bit floats");
            List<String> numpy = numpy(folder);
            contestants.add(() -> measured(3, numpy));
        }
        List<Loop.Result> results = Loop.inTurns(contestants);
        System.out.printf(
                Locale.ROOT,
                "%n%,d vectors of %d components, the best %d.%n%n"
                        + "| | median ms | p95 ms | processor ms, median | peak MiB |%n| --- | --- | --- | --- | --- |%n",
                count,
                dimension,
                MOST);
        for (int i = 0; i < names.size(); i++) {
            Loop.Result result = results.get(i);
            System.out.printf(
                    Locale.ROOT,
                    "| %s | %.1f | %.1f | %.1f | %s |%n",
                    names.get(i),
                    result.milliseconds().median(),
                    result.milliseconds().percentile(95),
                    Figures.together(processor.get(i)).median(),
                    result.peak());
        }
        Figures fromZero = fromZero(file);
        System.out.printf(
                Locale.ROOT,
                "%nFrom the start of the process that scans to its first answer: median %.0f ms, p95 %.0f ms.%n",
                fromZero.median(),
                fromZero.percentile(95));
        return 0;
    }

    /** On a busy machine the time of the processor says more than the clock. */
    private Loop.Result measured(int contestant, List<String> command) throws IOException {
        JsonNode line = Loop.JSON.readTree(
                Loop.output(Path.of("").toAbsolutePath(), Map.of("OPENBLAS_NUM_THREADS", "1"), command)
                        .lines()
                        .toList()
                        .getLast());
        double peak = line.path("peakKiB").asDouble();
        processor
                .computeIfAbsent(contestant, i -> new ArrayList<>())
                .add(Loop.result(line.path("processorMilliseconds"), peak).milliseconds());
        return Loop.result(line.path("milliseconds"), peak);
    }

    private List<String> java(Path file, String how, List<String> flags) {
        List<String> all = new ArrayList<>(flags);
        all.addAll(List.of("-Xmx256m", "--add-modules", "jdk.incubator.vector"));
        return Loop.java(
                System.getProperty("java.class.path"),
                VectorLoop.class,
                all,
                List.of(
                        how,
                        file.toString(),
                        Integer.toString(dimension),
                        Integer.toString(times + Loop.WARM_UP),
                        Integer.toString(MOST)));
    }

    private List<String> numpy(Path folder) throws IOException {
        Path python =
                Loop.python(Files.createDirectories(Parts.cache().resolve("bench/vectors")), List.of("numpy==2.4.6"));
        Path script = folder.resolve("loop.py");
        try (InputStream in = Vectors.class.getResourceAsStream("vectors.py")) {
            Files.copy(in, script);
        }
        return List.of(
                python.toString(),
                script.toString(),
                Integer.toString(count),
                Integer.toString(dimension),
                Integer.toString(times + Loop.WARM_UP),
                Integer.toString(MOST));
    }

    private Figures fromZero(Path file) throws IOException {
        double[] milliseconds = new double[STARTS];
        for (int i = 0; i < STARTS; i++) {
            long start = System.nanoTime();
            try (ScanProcess process = new ScanProcess()) {
                process.best(file, VectorLoop.query(dimension, i), MOST, Optional.empty());
                milliseconds[i] = (System.nanoTime() - start) / 1e6;
            }
        }
        return new Figures(milliseconds);
    }

    private void write(Path path) throws IOException {
        Random random = new Random(1);
        try (VectorFile file = VectorFile.open(path, "made-up/1", dimension)) {
            List<VectorFile.Entry> entries = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                float[] vector = new float[dimension];
                for (int d = 0; d < dimension; d++) {
                    vector[d] = (float) random.nextGaussian();
                }
                byte[] id = ByteBuffer.allocate(ID).putInt(i).array();
                entries.add(new VectorFile.Entry(id, i, List.of(Quantised.of(vector))));
                if (entries.size() == BATCH) {
                    file.add(entries);
                    entries.clear();
                }
            }
            file.add(entries);
        }
    }
}
