package dev.memoir.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

@Command(
        name = "logs",
        description = "Shows what the runner, the functions and the parts wrote, also after they stopped.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  memoir logs                   the end of each log",
            "  memoir logs postprocessor -f  one, as it is written"
        })
final class LogsCommand implements Callable<Integer> {
    private static final int TAIL_BYTES = 256 * 1024;
    private static final long LOOK_MILLIS = 200;
    private static final String ENDING = ".log";

    @ParentCommand
    private Memoir memoir;

    @Parameters(
            arity = "0..1",
            paramLabel = "NAME",
            description = "runner, api, postprocessor, ai, database, store, … Default: all.")
    private String name;

    @Option(
            names = {"-f", "--follow"},
            description = "Go on showing what is written, until Ctrl-C.")
    private boolean follow;

    @Option(
            names = {"-n", "--lines"},
            paramLabel = "N",
            defaultValue = "40",
            description = "So many of the last lines. Default: ${DEFAULT-VALUE}.")
    private int lines;

    private record Source(String name, LogFile log) {}

    @Override
    public Integer call() {
        List<Source> sources = sources();
        int width = sources.stream().mapToInt(s -> s.name().length()).max().orElse(0);
        String format = sources.size() > 1 ? "%-" + width + "s  %s" : "%2$s";
        for (Source source : sources) {
            List<String> all = new ArrayList<>(source.log().newLines());
            all.stream().skip(Math.max(0, all.size() - lines)).forEach(line -> print(format, source, line));
        }
        while (follow) {
            Await.pause(LOOK_MILLIS);
            for (Source source : sources) {
                source.log().newLines().forEach(line -> print(format, source, line));
            }
        }
        return ExitCodes.OK;
    }

    private void print(String format, Source source, String line) {
        memoir.terminal().print(format.formatted(source.name(), line));
    }

    private List<Source> sources() {
        Path folder = memoir.installation().logs();
        List<String> there = names(folder);
        if (there.isEmpty()) {
            throw Failure.cannot("There are no logs in " + folder + ".", "Start Memoir with: ./memoir up");
        }
        if (name != null && !there.contains(name)) {
            throw Failure.cannot("There is no log of \"" + name + "\".", "There is: " + String.join(", ", there));
        }
        return there.stream()
                .filter(n -> name == null || n.equals(name))
                .map(n -> new Source(n, LogFile.fromTail(folder.resolve(n + ENDING), TAIL_BYTES)))
                .toList();
    }

    private static List<String> names(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(f -> f.getFileName().toString())
                    .filter(n -> n.endsWith(ENDING))
                    .map(n -> n.substring(0, n.length() - ENDING.length()))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("listing " + folder, e);
        }
    }
}
