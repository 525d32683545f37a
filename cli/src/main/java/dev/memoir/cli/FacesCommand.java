package dev.memoir.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

@Command(
        name = "faces",
        description = {
            "Finds the faces in files: box, eyes and nose, and the 128 numbers by which faces are compared. Stores nothing,",
            "and Memoir need not run. The first time it gets the models for it.",
            "With --library it says for your whole library whether faces are looked for and gathered into people: on looks",
            "through all photos in the background; off erases faces, their pictures and groups. Names that you gave stay as",
            "text. group says anew whose all faces are, as every night.",
            "Places are in pixels of the upright picture at the width at which it is looked at; the height follows.",
            "A picture without a face has an empty list. Exit code 1 when there is no picture in a file."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  memoir faces IMG_0001.JPG",
            "  memoir faces --json --width 1000 *.jpg",
            "  memoir faces --library on",
            "  memoir faces --library off",
            "  memoir faces --library off --names"
        })
final class FacesCommand implements Callable<Integer> {
    private static final int NARROWEST = 80;
    private static final int WIDEST = 2000;
    private static final int MOST_ENLARGING = 2;

    @ParentCommand
    private Memoir memoir;

    /** What becomes of the whole library's faces. */
    enum Library {
        on,
        off,
        group
    }

    @Parameters(arity = "0..*", paramLabel = "FILE", description = "What to look at.")
    private List<Path> files = List.of();

    @Option(
            names = "--library",
            paramLabel = "on|off|group",
            description = "Look for faces in the whole library, or erase all that was learnt of them. Needs no FILE.")
    private Optional<Library> library;

    @Option(
            names = "--names",
            description = "With --library off: erase what people decided, too; names among it. There is no way back.")
    private boolean names;

    @Option(names = "--json", description = "For scripts, embeddings included: one object, or a list of them.")
    private boolean json;

    @Option(
            names = "--width",
            paramLabel = "PIXELS",
            description = "Look at pictures of this width (80 to 2000; usually 600). More finds smaller faces.")
    private Optional<Integer> width;

    @Option(
            names = "--enlarge",
            paramLabel = "TIMES",
            description =
                    "Double the picture so often for the detector (0 to 2; usually 1): each time faces of half the size are"
                            + " found, in four times the time.")
    private Optional<Integer> enlarge;

    @Option(names = "--score", paramLabel = "LEAST", description = "Leave out faces below this score (usually 0.5).")
    private Optional<Double> score;

    @Override
    public Integer call() {
        if (library.isPresent() == !files.isEmpty()) {
            throw Failure.cannot("Name files, or say --library on or off: one of the two.", "See: memoir faces --help");
        }
        if (names && !library.equals(Optional.of(Library.off))) {
            throw Failure.cannot("--names goes with --library off only.", "See: memoir faces --help");
        }
        return library.isPresent() ? decide(library.get()) : look();
    }

    private int decide(Library wish) {
        var consent = new FacesConsent(memoir.installation(), memoir.terminal());
        switch (wish) {
            case on -> consent.want(memoir.runner(), FacesChoice.on);
            case off -> consent.want(memoir.runner(), FacesChoice.off, names);
            case group -> consent.group(memoir.runner());
        }
        return ExitCodes.OK;
    }

    private int look() {
        List<FunctionPrograms.Looked> looked =
                new FunctionPrograms(memoir.installation(), memoir.terminal()).faces(files, options());
        FileReports reports = new FileReports(memoir.terminal(), json);
        reports.print(looked.stream()
                .map(FacesCommand::report)
                .map(report -> json ? report : inWords(report))
                .toList());
        return reports.remark(looked);
    }

    private List<String> options() {
        List<String> options = new ArrayList<>();
        width.ifPresent(pixels -> {
            within("--width", pixels, NARROWEST, WIDEST);
            options.addAll(List.of("--width", pixels.toString()));
        });
        enlarge.ifPresent(times -> {
            within("--enlarge", times, 0, MOST_ENLARGING);
            options.addAll(List.of("--enlarge", times.toString()));
        });
        score.ifPresent(least -> options.addAll(List.of("--score", least.toString())));
        return options;
    }

    private static void within(String option, int value, int least, int most) {
        if (value < least || value > most) {
            throw Failure.cannot(
                    option + " is " + least + " to " + most + ", not " + value + ".", "See: memoir faces --help");
        }
    }

    private static ObjectNode report(FunctionPrograms.Looked looked) {
        ObjectNode report = looked.report()
                .orElseGet(() ->
                        Json.object().put("name", looked.file().getFileName().toString()));
        looked.reason().ifPresent(reason -> report.put("reason", reason));
        return report;
    }

    /** Without the numbers that only a program can read. */
    private static ObjectNode inWords(ObjectNode report) {
        ObjectNode words = report.deepCopy();
        JsonNode faces = words.remove("faces");
        if (faces == null) {
            return words;
        }
        words.put("found", faces.size());
        ArrayNode lines = words.putArray("faces");
        for (JsonNode face : faces) {
            JsonNode box = face.path("box");
            lines.addObject()
                    .put(
                            "score",
                            String.format(
                                    Locale.ROOT, "%.2f", face.path("score").asDouble()))
                    .put(
                            "from",
                            "from " + box.path(0).asInt() + "," + box.path(1).asInt())
                    .put("to", "to " + box.path(2).asInt() + "," + box.path(3).asInt());
        }
        return words;
    }
}
