package dev.memoir.custodian;

import dev.memoir.custodian.Comparison.Result;
import dev.memoir.store.MediaStore;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "rebuild",
        description = "Compares what people decided, as the bucket has it, with what the database has of it.",
        mixinStandardHelpOptions = true)
final class RebuildCommand implements Callable<Integer> {
    private final Settings settings;

    @Spec
    private CommandSpec spec;

    @Option(names = "--check", required = true, description = "Change nothing: say what a rebuild would change.")
    private boolean check;

    RebuildCommand(Settings settings) {
        this.settings = settings;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Instant start = Instant.now();
        Report report = new Report(spec.commandLine().getOut());
        Map<String, Object> done = new LinkedHashMap<>();
        boolean agrees = true;
        try (MediaStore store = settings.store()) {
            DocumentCheck documents = new DocumentCheck(
                    store,
                    settings.defaultOwner(),
                    settings.database(),
                    (kind, compared) -> report.line(Map.of("progress", kind, "compared", compared)));
            for (Map.Entry<String, Result> kind : documents.run().entrySet()) {
                done.put(kind.getKey(), kind.getValue());
                agrees &= kind.getValue().differing().isEmpty();
            }
        }
        done.put("agrees", agrees);
        done.put("milliseconds", Duration.between(start, Instant.now()).toMillis());
        report.result(done, settings.resultFile());
        return 0;
    }
}
