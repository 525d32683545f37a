package dev.memoir.custodian;

import dev.memoir.catalog.Schema;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
        name = "vacuum",
        description =
                "Clears dead rows and refreshes the planner's statistics, which a sleeping database never does itself.",
        mixinStandardHelpOptions = true)
final class VacuumCommand implements Callable<Integer> {
    private final Settings settings;

    @Spec
    private CommandSpec spec;

    VacuumCommand(Settings settings) {
        this.settings = settings;
    }

    @Override
    public Integer call() {
        Instant start = Instant.now();
        Schema.vacuum(settings.databaseAsOwner());
        long millis = Duration.between(start, Instant.now()).toMillis();
        new Report(spec.commandLine().getOut()).line(Map.of("vacuumed", true, "milliseconds", millis));
        return 0;
    }
}
