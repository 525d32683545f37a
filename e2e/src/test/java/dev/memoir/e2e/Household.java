package dev.memoir.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.memoir.store.MediaStore;
import dev.memoir.store.StoreConfig;
import dev.memoir.testkit.Await;
import dev.memoir.testkit.FreePort;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** One family's Memoir in a folder of its own and on free ports, driven by the real command. */
final class Household implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration QUIET = Duration.ofSeconds(1);
    private static final Duration WORK_LIMIT = Duration.ofMinutes(3);

    private final Path folder;
    private final Path library;
    private final int port = FreePort.next();
    private final int storePort = FreePort.next();

    Household() {
        this(temporaryFolder());
    }

    private Household(Path folder) {
        this(folder, folder.resolve("library"));
    }

    private Household(Path folder, Path library) {
        this.folder = folder;
        this.library = library;
    }

    /** With its library in a place of its own, such as another disk; what it prints lies elsewhere. */
    static Household withLibrary(Path library) {
        return new Household(temporaryFolder(), library);
    }

    private static Path temporaryFolder() {
        try {
            return Files.createTempDirectory("memoir-e2e-").toRealPath();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Household started() {
        Household household = new Household();
        household.up().mustSucceed();
        return household;
    }

    Path library() {
        return library;
    }

    Path folder() {
        return folder;
    }

    /** Where the original lies as an ordinary file. */
    Path original(String key) {
        return library().resolve("store/originals").resolve(key);
    }

    /** A folder for files that are not in the library yet. */
    Path outside(String name) {
        try {
            return Files.createDirectories(folder.resolve("outside").resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int port() {
        return port;
    }

    /** {@code memoir ARGUMENT…} on this library. */
    Ran memoir(String... arguments) {
        return launch(arguments).finish();
    }

    Ran.Running launch(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--data", library().toString()));
        return Ran.start(folder, all);
    }

    Ran.Running launchUp() {
        return launch(starting("up", "--detach"));
    }

    Ran up() {
        return launchUp().finish();
    }

    /** With the options that start it where nothing else is. */
    String[] starting(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--port", String.valueOf(port), "--store-port", String.valueOf(storePort)));
        all.addAll(List.of("--idle", "3", "--no-rehearsal"));
        return all.toArray(String[]::new);
    }

    /** What the running one says of itself. */
    JsonNode runnerFile() {
        return read(library().resolve("run/runner.json"));
    }

    URI address() {
        return URI.create(runnerFile().path("address").asText());
    }

    /** The status as the runner gives it; wakes nothing and costs no process. */
    JsonNode status() {
        try {
            return JSON.readTree(admin("/status"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What the runner has counted, line by line as Prometheus reads it. */
    List<String> metrics() {
        return admin("/metrics").lines().toList();
    }

    private String admin(String path) {
        JsonNode runner = runnerFile();
        try {
            HttpURLConnection connection = (HttpURLConnection)
                    URI.create(runner.path("admin").asText() + path).toURL().openConnection();
            connection.setRequestProperty(
                    "Authorization", "Bearer " + runner.path("adminToken").asText());
            return new String(connection.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    long queued() {
        return numbers(status().path("queue"));
    }

    /** A store tells the queue of a change a moment after it: only a queue that stays empty is empty. */
    void awaitSettled() {
        long[] quietSince = {System.nanoTime()};
        Await.until("the queue stays empty", WORK_LIMIT, () -> {
            if (queued() > 0) {
                quietSince[0] = System.nanoTime();
            }
            return System.nanoTime() - quietSince[0] > QUIET.toNanos();
        });
    }

    private static long numbers(JsonNode node) {
        long sum = node.isNumber() ? node.asLong() : 0;
        for (JsonNode child : node) {
            sum += numbers(child);
        }
        return sum;
    }

    boolean asleep() {
        JsonNode status = status();
        for (JsonNode function : status.path("functions")) {
            if (!function.path("state").asText().equals("asleep")) {
                return false;
            }
        }
        return status.path("database").path("state").asText().equals("asleep");
    }

    void awaitAsleep() {
        Await.until("every function and the database sleep", WORK_LIMIT, this::asleep);
    }

    /** Asks GraphQL by the command, as somebody of the household. */
    JsonNode query(String graphQl, String... more) {
        List<String> arguments = new ArrayList<>(List.of("query", graphQl));
        arguments.addAll(List.of(more));
        return memoir(arguments.toArray(String[]::new)).mustSucceed().json();
    }

    /** The store as any S3 client sees it. */
    MediaStore store() {
        JsonNode key = read(library().resolve("secrets/store.json"));
        URI store = URI.create(runnerFile().path("storeAddress").asText());
        return MediaStore.open(new StoreConfig(
                store,
                store,
                "us-east-1",
                key.path("accessKey").asText(),
                key.path("secretKey").asText(),
                "originals",
                "derived"));
    }

    /** A PUT whose path goes out exactly as it is written here, as only curl does; the store may refuse it. */
    void putRaw(String path, byte[] content) {
        JsonNode key = read(library().resolve("secrets/store.json"));
        try {
            Path file = Files.write(folder.resolve("raw"), content);
            // The key goes by standard input, since everybody sees arguments.
            Process curl = new ProcessBuilder(
                            "curl",
                            "--silent",
                            "--path-as-is",
                            "--aws-sigv4",
                            "aws:amz:us-east-1:s3",
                            "--header",
                            "x-amz-content-sha256: UNSIGNED-PAYLOAD",
                            "--upload-file",
                            file.toString(),
                            "--config",
                            "-",
                            runnerFile().path("storeAddress").asText() + "/originals/" + path)
                    .redirectErrorStream(true)
                    .start();
            try (var config = curl.outputWriter()) {
                config.write("user = \"" + key.path("accessKey").asText() + ":"
                        + key.path("secretKey").asText() + "\"\n");
            }
            System.out.println(
                    "PUT " + path + ": " + new String(curl.getInputStream().readAllBytes()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonNode read(Path file) {
        try {
            return JSON.readTree(file.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Processes whose command line names this household's folders, or that work in them: nothing else on the machine does. */
    List<ProcessHandle> processes() {
        return ProcessHandle.allProcesses()
                .filter(process -> Stream.of(commandLine(process), workingFolder(process))
                        .anyMatch(place -> place.contains(folder.toString()) || place.contains(library.toString())))
                .toList();
    }

    private static String workingFolder(ProcessHandle process) {
        try {
            return Files.readSymbolicLink(Path.of("/proc", String.valueOf(process.pid()), "cwd"))
                    .toString();
        } catch (IOException ended) {
            return "";
        }
    }

    /** As the kernel has it: Java cuts a long one. */
    static String commandLine(ProcessHandle process) {
        try {
            return Files.readString(Path.of("/proc", String.valueOf(process.pid()), "cmdline"))
                    .replace('\0', ' ');
        } catch (IOException e) {
            return "";
        }
    }

    /** The household's processes of one program: those whose command names its folder, and the runner's children. */
    List<ProcessHandle> ownProcesses(String program) {
        return Stream.concat(processes().stream(), children().stream())
                .filter(process -> commandLine(process).contains(program))
                .filter(process -> !commandLine(process).contains("/memoir up"))
                .distinct()
                .toList();
    }

    /** Everything that the runner started and that still runs. */
    List<ProcessHandle> children() {
        return ProcessHandle.of(runnerFile().path("pid").asLong())
                .map(runner -> runner.descendants().toList())
                .orElse(List.of());
    }

    @Override
    public void close() {
        try {
            memoir("down").mustSucceed();
        } finally {
            List<ProcessHandle> left = processes();
            left.forEach(ProcessHandle::destroyForcibly);
            delete();
            if (!left.isEmpty()) {
                throw new AssertionError("memoir down left running: "
                        + left.stream().map(Household::commandLine).toList());
            }
        }
    }

    private void delete() {
        delete(library);
        delete(folder);
    }

    private static void delete(Path folder) {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            folder.toFile().deleteOnExit();
        }
    }
}
