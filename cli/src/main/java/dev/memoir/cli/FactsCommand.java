package dev.memoir.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

@Command(
        name = "facts",
        description = {
            "Says what the postprocessor would find out about files. Stores nothing, and Memoir need not run.",
            "A damaged file has facts too: its state and reason. Exit code 2 when a file is not there."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  memoir facts IMG_0001.JPG", "  memoir facts --json *.jpg"})
final class FactsCommand implements Callable<Integer> {
    @ParentCommand
    private Memoir memoir;

    @Parameters(arity = "1..*", paramLabel = "FILE", description = "What to look at.")
    private List<Path> files;

    @Option(names = "--json", description = "All facts for scripts, raw tags included: one object, or a list of them.")
    private boolean json;

    @Override
    public Integer call() {
        new FileReports(memoir.terminal(), json)
                .print(new FunctionPrograms(memoir.installation(), memoir.terminal()).facts(files));
        return ExitCodes.OK;
    }
}
