package dev.memoir.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

@Command(
        name = "bench",
        description =
                "Measures Memoir on this machine, side by side with others. Without arguments: says what there is.",
        footerHeading = "%nExamples:%n",
        footer = {"  memoir bench", "  memoir bench images"})
final class BenchCommand implements Callable<Integer> {
    @ParentCommand
    private Memoir memoir;

    @Parameters(arity = "0..*", paramLabel = "ARGUMENT", description = "What to measure, and its options.")
    private List<String> arguments = List.of();

    @Override
    public Integer call() {
        Path jar = memoir.installation().program("bench");
        if (!Files.exists(jar)) {
            throw Failure.cannot("The measurements are not built: there is no " + jar + ".", "Run: ./memoir doctor");
        }
        List<String> all = new ArrayList<>(List.of("-jar", jar.toString()));
        all.addAll(arguments);
        return new ChildProgram(
                        List.of("--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow"),
                        all,
                        Map.of())
                .runInTheOpen();
    }
}
