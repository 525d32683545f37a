package dev.memoir.bench;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The benchmarks behind {@code docs/benchmarks.md}. */
@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        description = "Measures Memoir beside its peers; prints tables.",
        subcommands = {
            Idle.class,
            Cold.class,
            PutToLabelled.class,
            Ingest.class,
            Renditions.class,
            Labels.class,
            Faces.class,
            People.class,
            Sql.class,
            Vectors.class,
            Web.class
        })
public final class Bench {
    private Bench() {}

    public static void main(String[] args) {
        System.out.println("Machine: " + Machine.describe());
        System.exit(new CommandLine(new Bench()).execute(args));
    }
}
