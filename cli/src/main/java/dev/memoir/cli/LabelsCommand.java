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
        List<FunctionPrograms.Looked> looked =
                new FunctionPrograms(memoir.installation(), memoir.terminal()).labels(files);
        FileReports reports = new FileReports(memoir.terminal(), json);
        reports.print(looked.stream().map(LabelsCommand::report).toList());
        return reports.remark(looked);
    }

    /** The same fields for every file, so that a script need not ask which are there: null is unknown. */
    static ObjectNode report(FunctionPrograms.Looked looked) {
        ObjectNode report = Json.object();
        report.put("name", looked.file().getFileName().toString());
        report.putArray("labels");
        report.putNull("nsfw");
        looked.report().ifPresent(report::setAll);
        report.set("state", looked.remark().path("state"));
        report.set("reason", looked.remark().path("reason"));
        return report;
    }
}
