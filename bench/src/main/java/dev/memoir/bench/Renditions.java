package dev.memoir.bench;

import dev.memoir.parts.Part;
import dev.memoir.parts.Parts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A photo to 1440 px and 250 px: libvips from Java, sharp and vipsthumbnail, in turns. */
@Command(name = "renditions", description = "12, 24 and 48 MP to both renditions, beside sharp and vipsthumbnail.")
final class Renditions implements Callable<Integer> {
    private static final String SHARP = "sharp@0.35.5";

    @Option(
            names = "--times",
            defaultValue = "10",
            description = "How often each in each of three rounds (default ${DEFAULT-VALUE}).")
    private int times;

    @Parameters(paramLabel = "SAMPLE", description = "A photo to enlarge.")
    private Path sample;

    private Path folder;

    @Override
    public Integer call() throws Exception {
        folder = Files.createDirectories(Parts.cache().resolve("bench/sharp"));
        installSharp();
        System.out.printf(
                "%n| photo | to | Memoir ms | sharp, each size from the file | sharp, decoding once | vipsthumbnail ms"
                        + " | sharp ÷ Memoir: each, once | peak MiB: Memoir, sharp each, once |%n"
                        + "| --- | --- | --- | --- | --- | --- | --- | --- |%n");
        for (int megapixels : List.of(12, 24, 48)) {
            Path photo = folder.resolve(megapixels + ".jpg");
            try (var in = Files.newInputStream(sample)) {
                Files.write(photo, RealPhotos.jpeg(in, megapixels, megapixels));
            }
            for (String format : List.of("jpeg", "webp")) {
                compare(photo, megapixels, format);
            }
        }
        return 0;
    }

    private void compare(Path photo, int megapixels, String format) throws IOException {
        var results = Loop.inTurns(List.of(
                () -> Loop.run(folder, environment(), memoirCommand(photo, format)),
                () -> sharp(photo, format, "each"),
                () -> sharp(photo, format, "once")));
        Loop.Result memoir = results.get(0);
        Loop.Result each = results.get(1);
        Loop.Result once = results.get(2);
        System.out.printf(
                Locale.ROOT,
                "| %d MP, %.1f MB | %s | %s | %s | %s | %s | **%.2f**, **%.2f** | %s, %s, %s |%n",
                megapixels,
                Files.size(photo) / 1e6,
                format,
                memoir.milliseconds(),
                each.milliseconds(),
                once.milliseconds(),
                vipsthumbnail(photo, format).map(Figures::toString).orElse("not run: not installed"),
                each.milliseconds().median() / memoir.milliseconds().median(),
                once.milliseconds().median() / memoir.milliseconds().median(),
                memoir.peak(),
                each.peak(),
                once.peak());
    }

    private Loop.Result sharp(Path photo, String format, String way) throws IOException {
        String count = Integer.toString(times + Loop.WARM_UP);
        return Loop.run(folder, Map.of(), List.of("node", "sharp.mjs", photo.toString(), format, count, way));
    }

    private List<String> memoirCommand(Path photo, String format) {
        return Loop.java(
                System.getProperty("java.class.path"),
                RenditionLoop.class,
                List.of("-XX:TieredStopAtLevel=1", "-Xmx384m"),
                List.of(photo.toString(), format, Integer.toString(times + Loop.WARM_UP)));
    }

    /** The same library for every run: the packaged one unless the environment names another. */
    private static Map<String, String> environment() {
        return Optional.ofNullable(System.getenv("MEMOIR_LIBVIPS"))
                .or(() -> Parts.open().find(Part.LIBVIPS).map(Path::toString))
                .map(library -> Map.of("MEMOIR_LIBVIPS", library))
                .orElse(Map.of());
    }

    /** Whole processes, as a script would run it; one for each rendition. */
    private Optional<Figures> vipsthumbnail(Path photo, String format) throws IOException {
        if (Stream.of(System.getenv("PATH").split(":"))
                .noneMatch(path -> Files.isExecutable(Path.of(path, "vipsthumbnail")))) {
            return Optional.empty();
        }
        var milliseconds = new ArrayList<Double>();
        String ending = format.equals("webp") ? "webp" : "jpg";
        for (int i = 0; i < times; i++) {
            long start = System.nanoTime();
            for (int size : List.of(1440, 250)) {
                var process = new ProcessBuilder(
                                "vipsthumbnail",
                                photo.toString(),
                                "--size",
                                size + "x" + size,
                                "-o",
                                folder.resolve("%s_" + size + "." + ending + "[Q=82,strip]")
                                        .toString())
                        .inheritIO()
                        .start();
                if (process.onExit().join().exitValue() != 0) {
                    throw new IOException("vipsthumbnail failed");
                }
            }
            milliseconds.add((System.nanoTime() - start) / 1e6);
        }
        return Optional.of(new Figures(
                milliseconds.stream().mapToDouble(Double::doubleValue).toArray()));
    }

    private void installSharp() throws IOException {
        try (var script = Renditions.class.getResourceAsStream("sharp.mjs")) {
            Files.copy(script, folder.resolve("sharp.mjs"), StandardCopyOption.REPLACE_EXISTING);
        }
        if (!Files.isDirectory(folder.resolve("node_modules/sharp"))) {
            System.err.println("Installing " + SHARP);
            Loop.output(folder, Map.of(), List.of("npm", "install", "--no-audit", "--no-fund", "--prefix", ".", SHARP));
        }
    }
}
