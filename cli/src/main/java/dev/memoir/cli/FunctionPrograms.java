package dev.memoir.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.memoir.parts.Part;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The functions' own code as programs that look at files: out of the same jars that serve. */
final class FunctionPrograms {
    private static final String FACTS = "dev.memoir.postprocessor.FactsMain";
    private static final String PIXELS = "dev.memoir.postprocessor.PixelsMain";
    private static final String LABELS = "dev.memoir.ai.LabelsMain";
    private static final String FACES = "dev.memoir.ai.FacesMain";
    private static final List<String> JVM = List.of(
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-XX:-UsePerfData",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow");

    private final Installation installation;
    private final PartsNeeded needed;

    FunctionPrograms(Installation installation, Terminal terminal) {
        this.installation = installation;
        this.needed = new PartsNeeded(installation, terminal);
    }

    /**
     * What the AI said of a file.
     *
     * @param report empty when there is no picture in it to look at
     * @param remark what the postprocessor said of the file
     */
    record Looked(Path file, Optional<ObjectNode> report, ObjectNode remark) {
        /** Why there is no picture, or what is wrong with what there is. */
        Optional<String> reason() {
            return Optional.ofNullable(remark.path("reason").textValue())
                    .or(() -> report.isPresent() ? Optional.empty() : Optional.of("it has no preview"));
        }
    }

    /** What a program makes of pictures that another has written to files, one object for each. */
    private interface Look {
        List<ObjectNode> at(List<String> pictures);
    }

    List<ObjectNode> facts(List<Path> files) {
        return run("postprocessor", FACTS, paths(files), picturePrograms());
    }

    /** The AI never sees an original, here neither: it gets the analysis renditions. */
    List<Looked> labels(List<Path> files) {
        needed.install(EnumSet.of(Part.MODELS));
        return inFolder(folder -> look(
                files,
                developed(FACTS, List.of("--analysis", folder.toString()), files),
                number -> folder.resolve(number + ".jpg"),
                pictures -> run("ai", LABELS, with(List.of("--json"), pictures), models(Part.MODELS))));
    }

    /**
     * Nor here: it gets the pixels, which have not been compressed once more.
     *
     * @param options of the program that looks
     */
    List<Looked> faces(List<Path> files, List<String> options) {
        needed.install(EnumSet.of(Part.MODELS_FACES));
        return inFolder(folder -> look(
                files,
                developed(PIXELS, List.of(folder.toString()), files),
                number -> folder.resolve(number + ".ppm"),
                pictures -> run("ai", FACES, with(options, pictures), models(Part.MODELS_FACES))));
    }

    private List<ObjectNode> developed(String main, List<String> options, List<Path> files) {
        return run("postprocessor", main, with(options, paths(files)), picturePrograms());
    }

    private static List<String> with(List<String> options, List<String> files) {
        List<String> all = new ArrayList<>(options);
        all.addAll(files);
        return all;
    }

    /** In a folder that only this user can read, and that is gone afterwards. */
    private static List<Looked> inFolder(Function<Path, List<Looked>> work) {
        try {
            Path folder = Files.createTempDirectory("memoir-");
            try {
                return work.apply(folder);
            } finally {
                try (Stream<Path> pictures = Files.list(folder)) {
                    for (Path picture : pictures.toList()) {
                        Files.delete(picture);
                    }
                }
                Files.delete(folder);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("in the folder for temporary files", e);
        }
    }

    private static List<Looked> look(List<Path> files, List<ObjectNode> remarks, IntFunction<Path> picture, Look look) {
        List<String> pictures = IntStream.range(0, files.size())
                .mapToObj(picture)
                .filter(Files::exists)
                .map(Path::toString)
                .toList();
        Iterator<ObjectNode> reports = pictures.isEmpty()
                ? Collections.emptyIterator()
                : look.at(pictures).iterator();
        List<Looked> looked = new ArrayList<>();
        for (int i = 0; i < files.size(); i++) {
            String name = files.get(i).getFileName().toString();
            Optional<ObjectNode> report =
                    Files.exists(picture.apply(i)) ? Optional.of(reports.next().put("name", name)) : Optional.empty();
            looked.add(new Looked(files.get(i), report, remarks.get(i)));
        }
        return looked;
    }

    private static List<String> paths(List<Path> files) {
        for (Path file : files) {
            if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
                throw Failure.cannot("There is no file " + file + " that can be read.", "Name files, not folders.");
            }
        }
        return files.stream().map(file -> file.toAbsolutePath().toString()).toList();
    }

    private Map<String, String> picturePrograms() {
        needed.install(EnumSet.of(Part.LIBVIPS, Part.FFMPEG));
        Map<String, String> environment = new HashMap<>();
        environment.put("MEMOIR_LIBVIPS", needed.parts().path(Part.LIBVIPS).toString());
        environment.put("MEMOIR_FFMPEG", needed.parts().path(Part.FFMPEG).toString());
        environment.put(
                "MEMOIR_FFPROBE",
                needed.parts().file(Part.FFMPEG, "bin/ffprobe").toString());
        environment.put("MEMOIR_SCRATCH", System.getProperty("java.io.tmpdir"));
        return environment;
    }

    private Map<String, String> models(Part part) {
        return Map.of(
                "MEMOIR_MODELS_DIR",
                needed.parts().path(part).toString(),
                "MEMOIR_MODELS_CACHE",
                installation.partsCache().resolve("natives").toString());
    }

    /** @return one object for each file */
    private List<ObjectNode> run(
            String function, String main, List<String> arguments, Map<String, String> environment) {
        Path jar = installation.function(function);
        if (!Files.exists(jar)) {
            throw Failure.cannot("The " + function + " is not built: there is no " + jar + ".", "Run: ./memoir doctor");
        }
        List<String> all = new ArrayList<>(List.of("-cp", jar.toString(), main));
        all.addAll(arguments);
        ChildProgram.Ended ended = new ChildProgram(JVM, all, environment).run();
        if (ended.crashed()) {
            throw Failure.failed(
                    "The " + function + " crashed (exit code " + ended.exitCode() + "): "
                            + ended.err().strip(),
                    "Name the files one by one to find the one that does it. In Memoir it costs a process and a retry.");
        }
        if (ended.exitCode() != 0) {
            throw Failure.failed(
                    "The " + function + " could not look at them: "
                            + ended.err().strip(),
                    "See ./memoir doctor");
        }
        return read(function, ended.out());
    }

    private static List<ObjectNode> read(String function, String said) {
        try {
            List<ObjectNode> reports = new ArrayList<>();
            for (JsonNode report : Json.parse(said)) {
                reports.add((ObjectNode) report);
            }
            return reports;
        } catch (IOException | ClassCastException e) {
            throw Failure.failed(
                    "The " + function + " said something else than expected: " + said, "See ./memoir doctor", e);
        }
    }
}
