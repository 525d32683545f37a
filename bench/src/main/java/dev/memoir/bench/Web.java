package dev.memoir.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import dev.memoir.catalog.Schema;
import dev.memoir.catalog.SyntheticLibrary;
import dev.memoir.store.MediaStore;
import java.awt.Image;
import java.awt.image.BufferedImage;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The pages in a Chromium, over a library of made-up assets; and uploads beside those of the bare S3 client. */
@Command(name = "web", description = "First screens, scrubbing and uploads in Chromium, with 1 M assets.")
final class Web implements Callable<Integer> {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int FILE_BYTES = 5_000_000;

    /** As many files at once as the pages send. */
    private static final int AT_ONCE = 4;

    @Option(names = "--assets", defaultValue = "1000000", description = "How many (default ${DEFAULT-VALUE}).")
    private int assets;

    @Option(names = "--times", defaultValue = "10", description = "How often each (default ${DEFAULT-VALUE}).")
    private int times;

    @Option(
            names = "--files",
            defaultValue = "1000",
            description = "So many files of 5 MB are uploaded, each way (default ${DEFAULT-VALUE}; 0: none).")
    private int files;

    @Parameters(paramLabel = "SAMPLE", description = "A photo whose thumbnail all assets show, and which is uploaded.")
    private Path sample;

    @Override
    public Integer call() throws Exception {
        packages();
        System.out.printf(Locale.ROOT, "%n| %,d assets | |%n| --- | --- |%n", assets);
        pages();
        if (files > 0) {
            uploads();
        }
        return 0;
    }

    /** What the browser is driven by, fetched once. */
    private static void packages() throws IOException {
        if (!Files.exists(web().resolve("node_modules/@playwright/test"))) {
            Loop.output(web(), Map.of(), List.of("npm", "ci", "--no-fund", "--no-audit"));
        }
    }

    private static Path web() {
        return LiveMemoir.checkout().resolve("web");
    }

    private void pages() throws Exception {
        HttpServer pictures = pictures();
        try (var memoir = LiveMemoir.start(
                15,
                "--set",
                "store.public=http://127.0.0.1:" + pictures.getAddress().getPort())) {
            memoir.awaitRehearsed();
            // Whatever the first sweep would not find in the bucket comes after it.
            memoir.awaitAsleep();
            fill(memoir);
            for (JsonNode told : browser(memoir, "pages", Map.of())) {
                print(told);
            }
        } finally {
            pictures.stop(0);
        }
    }

    /** Whatever thumbnail is asked for: it is this one. */
    private HttpServer pictures() throws IOException {
        byte[] thumbnail = thumbnail();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", exchange -> {
            exchange.getResponseHeaders().set("Content-Type", "image/jpeg");
            exchange.getResponseHeaders().set("Cache-Control", "public, max-age=86400");
            exchange.getResponseHeaders().set("Access-Control-Allow-Origin", "*");
            exchange.sendResponseHeaders(200, thumbnail.length);
            try (var body = exchange.getResponseBody()) {
                body.write(thumbnail);
            }
        });
        server.start();
        return server;
    }

    private byte[] thumbnail() throws IOException {
        BufferedImage whole = ImageIO.read(sample.toFile());
        if (whole == null) {
            throw new IOException(sample + " is no picture that can be read here");
        }
        var small = new BufferedImage(333, 250, BufferedImage.TYPE_INT_RGB);
        var graphics = small.createGraphics();
        graphics.drawImage(whole.getScaledInstance(333, 250, Image.SCALE_AREA_AVERAGING), 0, 0, null);
        graphics.dispose();
        var bytes = new ByteArrayOutputStream();
        ImageIO.write(small, "jpeg", bytes);
        return bytes.toByteArray();
    }

    private void fill(LiveMemoir memoir) throws Exception {
        // Whoever asks keeps the database awake.
        Thread asking = Thread.ofVirtual().start(() -> {
            try {
                while (true) {
                    memoir.graphql("{ instance { assets } }");
                    Thread.sleep(3_000);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        try {
            memoir.awaitDatabase();
            long start = System.nanoTime();
            SyntheticLibrary.fill(memoir.database(Schema.INGEST, "ingest"), "home", 0, assets);
            Schema.vacuum(memoir.database("memoir", "owner"));
            System.err.printf(
                    Locale.ROOT, "filled with %,d items in %.0f s%n", assets, (System.nanoTime() - start) / 1e9);
        } finally {
            asking.interrupt();
            asking.join();
        }
    }

    private void uploads() throws Exception {
        Path folder = Files.createTempDirectory("memoir-bench-files");
        try (var memoir = LiveMemoir.start(60);
                var store = memoir.store()) {
            memoir.awaitRehearsed();
            double bare = bare(store, files(folder, 1));
            memoir.awaitQueueEmpty(Duration.ofHours(1));
            files(folder, 2);
            JsonNode told = browser(memoir, "uploads", Map.of("FILES", folder.toString()))
                    .getFirst();
            if (told.path("failed").asInt() > 0) {
                throw new IOException(told.path("failed").asInt() + " uploads failed");
            }
            double browser = told.path("seconds").asDouble();
            System.out.printf(
                    Locale.ROOT,
                    "| %,d files of 5 MB uploaded | browser %.1f MB/s, bare S3 client %.1f MB/s: %.2f× |%n",
                    files,
                    files * FILE_BYTES / 1e6 / browser,
                    files * FILE_BYTES / 1e6 / bare,
                    bare / browser);
        } finally {
            try (Stream<Path> all = Files.list(folder)) {
                for (Path file : all.toList()) {
                    Files.delete(file);
                }
            }
            Files.delete(folder);
        }
    }

    /** Photos that nobody has uploaded before: what follows the end of a JPEG is read by nobody. */
    private List<Path> files(Path folder, int round) throws IOException {
        byte[] photo = Files.readAllBytes(sample);
        List<Path> all = new ArrayList<>();
        for (int n = 0; n < files; n++) {
            byte[] content = Arrays.copyOf(photo, Math.max(FILE_BYTES, photo.length));
            byte[] own = new byte[16];
            new Random(round * 1_000_000L + n).nextBytes(own);
            System.arraycopy(own, 0, content, content.length - own.length, own.length);
            all.add(Files.write(folder.resolve(n + ".jpg"), content));
        }
        return all;
    }

    /** @return seconds */
    private static double bare(MediaStore store, List<Path> all) throws InterruptedException {
        var next = new AtomicInteger();
        List<Thread> senders = new ArrayList<>();
        long start = System.nanoTime();
        for (int i = 0; i < AT_ONCE; i++) {
            senders.add(Thread.ofVirtual().start(() -> {
                for (int n = next.getAndIncrement(); n < all.size(); n = next.getAndIncrement()) {
                    store.put("originals", "bare/" + n + ".jpg", all.get(n), "image/jpeg");
                }
            }));
        }
        for (Thread sender : senders) {
            sender.join();
        }
        return (System.nanoTime() - start) / 1e9;
    }

    private List<JsonNode> browser(LiveMemoir memoir, String what, Map<String, String> more) throws Exception {
        Map<String, String> given = new HashMap<>(memoir.forBrowsers());
        given.put("TIMES", Integer.toString(times));
        given.putAll(more);
        var builder = new ProcessBuilder("npx", "jiti", "test/bench/bench.ts", what)
                .directory(web().toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT);
        given.forEach((name, value) -> builder.environment().put("MEMOIR_BENCH_" + name, value));
        Process process = builder.start();
        List<JsonNode> told = new ArrayList<>();
        try (var lines = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                told.add(JSON.readTree(line));
            }
        }
        if (process.waitFor() != 0) {
            throw new IOException("the browser ended with " + process.exitValue());
        }
        return told;
    }

    private static void print(JsonNode told) {
        switch (told.path("what").asText()) {
            case "scripts" ->
                row(
                        "initial JavaScript, compressed",
                        "%.0f kB",
                        told.path("bytes").asDouble() / 1e3);
            case "warm" -> screens("first screen, visited before, API awake", told);
            case "asleep" -> screens("first screen, visited before, everything asleep", told);
            case "phone" -> screens("first screen, phone, first visit, API awake", told);
            case "scrub" -> {
                double share =
                        told.path("missed").asDouble() / told.path("frames").asDouble();
                row(
                        "scrub from end to end and back: frames that missed their turn",
                        "%.1f %% of %d, the slowest %.0f ms",
                        100 * share,
                        told.path("frames").asInt(),
                        told.path("slowest").asDouble());
                row(
                        "heap while scrubbing, and kept after",
                        "%.0f MB, %.0f MB",
                        told.path("heapMost").asDouble() / 1e6,
                        told.path("heapKept").asDouble() / 1e6);
            }
            default -> throw new IllegalStateException("the browser told of " + told);
        }
    }

    private static void screens(String what, JsonNode told) {
        double[] milliseconds =
                told.path("ms").valueStream().mapToDouble(JsonNode::asDouble).toArray();
        row(what + ", ms: min / median / p95 / max (n)", "%s", new Figures(milliseconds));
    }

    private static void row(String what, String format, Object... values) {
        System.out.printf(Locale.ROOT, "| %s | %s |%n", what, String.format(Locale.ROOT, format, values));
    }
}
