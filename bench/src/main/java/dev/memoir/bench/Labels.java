package dev.memoir.bench;

import dev.memoir.imaging.Darkroom;
import dev.memoir.imaging.Developed;
import dev.memoir.imaging.Tools;
import dev.memoir.media.Rendition;
import dev.memoir.parts.Part;
import dev.memoir.parts.Parts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** NSFW score and labels of a photo's analysis rendition: DJL against Python's onnxruntime, the same models and files. */
@Command(name = "labels", description = "NSFW and labels per photo, beside Python's onnxruntime of the same version.")
final class Labels implements Callable<Integer> {
    private static final List<String> PYTHON = List.of("onnxruntime==1.21.1", "pillow==11.3.0", "numpy==2.4.6");

    @Option(
            names = "--times",
            defaultValue = "20",
            description = "How often each in each of three rounds (default ${DEFAULT-VALUE}).")
    private int times;

    @Parameters(paramLabel = "PHOTO", arity = "1..*", description = "Photos.")
    private List<Path> photos;

    @Override
    public Integer call() throws Exception {
        Path folder = Files.createDirectories(Parts.cache().resolve("bench/python"));
        Path python = Loop.python(folder, PYTHON);
        System.out.printf("%n| photo | Memoir ms | Python ms | Python ÷ Memoir |%n| --- | --- | --- | --- |%n");
        var darkroom = Darkroom.open(tools(folder), Clock.systemUTC());
        for (Path photo : photos) {
            String name = photo.getFileName().toString();
            Path analysis = folder.resolve("analysis-" + name + ".jpg");
            Files.write(analysis, rendition(darkroom, photo));
            var results = Loop.inTurns(List.of(() -> memoir(folder, analysis), () -> rival(folder, python, analysis)));
            Figures memoir = results.getFirst().milliseconds();
            Figures rival = results.getLast().milliseconds();
            System.out.printf(
                    Locale.ROOT,
                    "| %s | %s | %s | **%.2f** |%n",
                    name,
                    memoir,
                    rival,
                    rival.median() / memoir.median());
        }
        return 0;
    }

    private static byte[] rendition(Darkroom darkroom, Path photo) throws IOException {
        Developed developed = darkroom.develop(photo, photo.getFileName().toString());
        byte[] rendition = developed.renditions().get(Rendition.ANALYSIS);
        if (rendition == null) {
            throw new IOException(
                    "no picture in " + photo + ": " + developed.reason().orElse("no preview"));
        }
        return rendition;
    }

    private static Tools tools(Path scratch) {
        Optional<Path> ffmpeg = Parts.open().find(Part.FFMPEG);
        return new Tools(
                Parts.open().find(Part.LIBVIPS),
                ffmpeg,
                ffmpeg.map(program -> program.resolveSibling("ffprobe")),
                scratch);
    }

    private static String models() {
        return Parts.open().path(Part.MODELS).toString();
    }

    private Loop.Result memoir(Path folder, Path photo) throws IOException {
        Path dist = Path.of(System.getenv("MEMOIR_DIST"));
        String classpath = String.join(
                ":",
                dist.resolve("ai/app/*").toString(),
                dist.resolve("ai/lib/main/*").toString(),
                dist.resolve("ai/lib/boot/*").toString(),
                System.getProperty("java.class.path"));
        return Loop.run(
                folder,
                Map.of(),
                Loop.java(
                        classpath,
                        VisionLoop.class,
                        List.of(
                                "-XX:TieredStopAtLevel=1",
                                "-Xmx768m",
                                "-Djava.util.logging.manager=org.jboss.logmanager.LogManager"),
                        List.of(
                                models(),
                                Integer.toString(times + Loop.WARM_UP),
                                photo.toString(),
                                folder.resolve("natives").toString(),
                                Parts.open().path(Part.LIBVIPS).toString())));
    }

    private Loop.Result rival(Path folder, Path python, Path photo) throws IOException {
        Path script = Path.of(System.getenv("MEMOIR_DIST")).resolve("models/reference.py");
        var command = Stream.of(
                        python.toString(),
                        script.toString(),
                        "photos",
                        "--models",
                        models(),
                        "--threads",
                        Integer.toString(Runtime.getRuntime().availableProcessors()),
                        "--repeat",
                        Integer.toString(times + Loop.WARM_UP),
                        photo.toString())
                .toList();
        String output = Loop.output(folder, Map.of(), command);
        return Loop.result(Loop.JSON.readTree(output).path(0).path("milliseconds"), 0);
    }
}
