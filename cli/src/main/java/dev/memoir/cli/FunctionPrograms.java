package dev.memoir.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.memoir.parts.Part;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The functions' own code as programs that look at files: out of the same jars that serve. */
final class FunctionPrograms {
    private static final String FACTS = "dev.memoir.postprocessor.FactsMain";
    private static final String LABELS = "dev.memoir.ai.LabelsMain";
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
     * What the AI said.
     *
     * @param reports one for each file, in the order in which they were named
     * @param withoutPicture a remark for each file in which there is nothing to look at
     */
    record Said(List<ObjectNode> reports, List<String> withoutPicture) {}

    List<ObjectNode> facts(List<Path> files) {
        return run("postprocessor", FACTS, paths(files), picturePrograms());
    }

    /** The AI never sees an original, here neither: it gets the analysis renditions. */
    Said labels(List<Path> files) {
        needed.install(EnumSet.of(Part.MODELS));
        try {
            Path folder = Files.createTempDirectory("memoir-");
            try {
                return labels(files, folder);
            } finally {
                for (int i = 0; i < files.size(); i++) {
                    Files.deleteIfExists(rendition(folder, i));
                }
                Files.delete(folder);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("in the folder for temporary files", e);
        }
    }

    private Said labels(List<Path> files, Path folder) {
        List<String> arguments = new ArrayList<>(List.of("--analysis", folder.toString()));
        arguments.addAll(paths(files));
        List<ObjectNode> facts = run("postprocessor", FACTS, arguments, picturePrograms());
        List<String> pictures = new ArrayList<>(List.of("--json"));
        List<String> without = new ArrayList<>();
        for (int i = 0; i < files.size(); i++) {
            if (Files.exists(rendition(folder, i))) {
                pictures.add(rendition(folder, i).toString());
            } else {
                String reason = facts.get(i).path("reason").asText("it has no preview");
                without.add("There is no picture to look at in " + files.get(i) + ": " + reason);
            }
        }
        boolean nothingToSee = without.size() == files.size();
        Iterator<ObjectNode> said =
                (nothingToSee ? List.<ObjectNode>of() : run("ai", LABELS, pictures, models())).iterator();
        List<ObjectNode> reports = new ArrayList<>();
        for (int i = 0; i < files.size(); i++) {
            Optional<ObjectNode> seen =
                    Files.exists(rendition(folder, i)) ? Optional.of(said.next()) : Optional.empty();
            reports.add(labelled(facts.get(i), seen));
        }
        return new Said(reports, without);
    }

    /** The same fields for every file, so that a script need not ask which are there: null is unknown. */
    static ObjectNode labelled(ObjectNode facts, Optional<ObjectNode> said) {
        ObjectNode report = Json.object();
        report.set("name", facts.path("name"));
        report.putArray("labels");
        report.putNull("nsfw");
        said.ifPresent(s -> s.properties().stream()
                .filter(field -> !field.getKey().equals("name"))
                .forEach(field -> report.set(field.getKey(), field.getValue())));
        report.set("state", facts.path("state"));
        report.set("reason", facts.path("reason"));
        return report;
    }

    private static Path rendition(Path folder, int number) {
        return folder.resolve(number + ".jpg");
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

    private Map<String, String> models() {
        return Map.of(
                "MEMOIR_MODELS_DIR",
                needed.parts().path(Part.MODELS).toString(),
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
