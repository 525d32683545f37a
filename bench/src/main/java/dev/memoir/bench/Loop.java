package dev.memoir.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.StreamSupport;

/**
 * One contestant: a process of its own that does the same work several times and says on its last line how long each
 * took.
 */
final class Loop {
    static final ObjectMapper JSON = new ObjectMapper();

    /** The first runs load libraries and warm caches; every contestant has as many. */
    static final int WARM_UP = 3;

    private static final int ROUNDS = 3;

    private Loop() {}

    /** @param peakMiB largest resident set, when the process told it */
    record Result(Figures milliseconds, Optional<Double> peakMiB) {
        String peak() {
            return peakMiB.map(mebibytes -> "%.0f".formatted(mebibytes)).orElse("not read");
        }
    }

    interface Work {
        void once() throws Exception;
    }

    interface Contestant {
        Result run() throws IOException;
    }

    /** Each has its turn in each of three rounds, so that what else the machine does meets all alike. */
    static List<Result> inTurns(List<Contestant> contestants) throws IOException {
        var results = new ArrayList<List<Result>>();
        contestants.forEach(contestant -> results.add(new ArrayList<>()));
        for (int round = 0; round < ROUNDS; round++) {
            for (int i = 0; i < contestants.size(); i++) {
                results.get(i).add(contestants.get(i).run());
            }
        }
        return results.stream().map(Loop::together).toList();
    }

    private static Result together(List<Result> rounds) {
        return new Result(
                Figures.together(rounds.stream().map(Result::milliseconds).toList()),
                rounds.stream().flatMap(round -> round.peakMiB().stream()).max(Comparator.naturalOrder()));
    }

    /** Measures work in this process and prints the line that {@link #run} reads. */
    static void print(int times, Work work) throws Exception {
        double[] milliseconds = new double[times];
        double[] processor = new double[times];
        for (int i = 0; i < times; i++) {
            long used = processorNanoseconds();
            long start = System.nanoTime();
            work.once();
            milliseconds[i] = (System.nanoTime() - start) / 1e6;
            processor[i] = (processorNanoseconds() - used) / 1e6;
        }
        System.out.println(JSON.writeValueAsString(
                Map.of("milliseconds", milliseconds, "processorMilliseconds", processor, "peakKiB", peakKiB())));
    }

    /** Of all threads of this process. */
    private static long processorNanoseconds() {
        return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                .getProcessCpuTime();
    }

    private static long peakKiB() throws IOException {
        try (var lines = Files.lines(Path.of("/proc/self/status"))) {
            return lines.filter(line -> line.startsWith("VmHWM:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                    .findFirst()
                    .orElse(0);
        }
    }

    static Result run(Path folder, Map<String, String> environment, List<String> command) throws IOException {
        var line = JSON.readTree(
                output(folder, environment, command).lines().toList().getLast());
        return result(line.path("milliseconds"), line.path("peakKiB").asDouble());
    }

    static Result result(JsonNode milliseconds, double peakKiB) {
        double[] values = StreamSupport.stream(milliseconds.spliterator(), false)
                .skip(WARM_UP)
                .mapToDouble(JsonNode::asDouble)
                .toArray();
        return new Result(new Figures(values), peakKiB > 0 ? Optional.of(peakKiB / 1024) : Optional.empty());
    }

    /** What a command that succeeds prints. */
    static String output(Path folder, Map<String, String> environment, List<String> command) throws IOException {
        var builder =
                new ProcessBuilder(command).directory(folder.toFile()).redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().putAll(environment);
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.onExit().join().exitValue() != 0) {
            throw new IOException(String.join(" ", command) + " failed:\n" + output);
        }
        return output;
    }

    /** The Python of an environment of its own in a folder, made the first time. */
    static Path python(Path folder, List<String> packages) throws IOException {
        Path python = folder.resolve("venv/bin/python");
        if (!Files.exists(python)) {
            System.err.println("Installing " + String.join(", ", packages));
            output(folder, Map.of(), List.of("python3", "-m", "venv", "venv"));
            var install = new ArrayList<>(List.of(python.toString(), "-m", "pip", "install", "-q"));
            install.addAll(packages);
            output(folder, Map.of(), install);
        }
        return python;
    }

    /** A JVM with the flags that the runner gives to functions. */
    static List<String> java(String classpath, Class<?> main, List<String> flags, List<String> arguments) {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:+UseCompactObjectHeaders",
                "--enable-native-access=ALL-UNNAMED"));
        command.addAll(flags);
        command.addAll(List.of("-cp", classpath, main.getName()));
        command.addAll(arguments);
        return command;
    }
}
