package dev.memoir.cli;

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
            "Exit code 1 when there is no picture in a file: then its reason says why."
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
        FunctionPrograms.Said said = new FunctionPrograms(memoir.installation(), memoir.terminal()).labels(files);
        new FileReports(memoir.terminal(), json).print(said.reports());
        said.withoutPicture().forEach(remark -> memoir.terminal().say("memoir: " + remark));
        return said.withoutPicture().isEmpty() ? ExitCodes.OK : ExitCodes.FAILED;
    }
}
