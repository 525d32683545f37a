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
import java.util.List;
import java.util.Map;

/** The functions' own code as programs that look at one file: out of the same jars that serve. */
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

    ObjectNode facts(Path file) {
        return run("postprocessor", FACTS, List.of(file.toString()), picturePrograms());
    }

    /** The AI never sees an original, here neither: it gets the analysis rendition. */
    ObjectNode labels(Path file) {
        needed.install(EnumSet.of(Part.MODELS));
        try {
            Path rendition = Files.createTempFile("memoir-", ".jpg");
            try {
                ObjectNode facts = run(
                        "postprocessor",
                        FACTS,
                        List.of("--analysis", rendition.toString(), file.toString()),
                        picturePrograms());
                if (Files.size(rendition) == 0) {
                    throw Failure.failed(
                            "There is no picture in it to look at: "
                                    + facts.path("reason").asText("it has no preview"),
                            "What it is: ./memoir facts " + file);
                }
                return run("ai", LABELS, List.of(rendition.toString()), models());
            } finally {
                Files.delete(rendition);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("in the folder for temporary files", e);
        }
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

    private ObjectNode run(String function, String main, List<String> arguments, Map<String, String> environment) {
        Path jar = installation.function(function);
        if (!Files.exists(jar)) {
            throw Failure.cannot("The " + function + " is not built: there is no " + jar + ".", "Run: ./memoir doctor");
        }
        List<String> all = new ArrayList<>(List.of("-cp", jar.toString(), main));
        all.add("--json");
        all.addAll(arguments);
        ChildProgram.Ended ended = new ChildProgram(JVM, all, environment).run();
        if (ended.crashed()) {
            throw Failure.failed(
                    "The " + function + " crashed on it (exit code " + ended.exitCode() + ").",
                    "In Memoir that costs one process and one retry. What it said: "
                            + ended.err().strip());
        }
        if (ended.exitCode() != 0) {
            throw Failure.failed(
                    "The " + function + " could not look at it: " + ended.err().strip(), "See ./memoir doctor");
        }
        try {
            JsonNode said = Json.parse(ended.out());
            if ((said.isArray() ? said.path(0) : said) instanceof ObjectNode one) {
                return one;
            }
        } catch (IOException e) {
            // said below
        }
        throw Failure.failed(
                "The " + function + " said something else than JSON: " + ended.out(), "See ./memoir doctor");
    }
}
