package dev.memoir.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

@Command(
        name = "labels",
        description = {
            "Says what the AI would say of files: labels and NSFW score. Stores nothing, and Memoir need not run.",
            "Exit code 1 when there is no picture in a file."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  memoir labels IMG_0001.JPG", "  memoir labels --json *.jpg"})
final class LabelsCommand implements Callable<Integer> {
    @ParentCommand
    private Memoir memoir;

    @Parameters(arity = "1..*", paramLabel = "FILE", description = "What to look at.")
    private List<Path> files;

    @Option(names = "--json", description = "For scripts: one object, or a list of them.")
    private boolean json;

    @Override
    public Integer call() {
        List<FunctionPrograms.Looked> looked =
                new FunctionPrograms(memoir.installation(), memoir.terminal()).labels(files);
        List<ObjectNode> reports =
                looked.stream().flatMap(one -> one.report().stream()).toList();
        if (!reports.isEmpty()) {
            new FileReports(memoir.terminal(), json).print(reports);
        }
        for (FunctionPrograms.Looked one : looked) {
            if (one.report().isEmpty()) {
                memoir.terminal()
                        .say("memoir: There is no picture to look at in " + one.file() + ": "
                                + one.reason().orElseThrow());
            }
        }
        return reports.size() == files.size() ? ExitCodes.OK : ExitCodes.FAILED;
    }
}
