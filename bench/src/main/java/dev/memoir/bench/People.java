package dev.memoir.bench;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Whose faces are: all of a large library anew, and one that has just come. */
@Command(
        name = "people",
        description =
                "Groups made-up faces anew (as the custodian's job, with C2), and tells whose one is (as the AI function).")
final class People implements Callable<Integer> {
    @Option(names = "--faces", defaultValue = "100000", description = "How many (default ${DEFAULT-VALUE}).")
    private int faces;

    @Option(
            names = "--times",
            defaultValue = "3",
            description = "How often all are grouped (default ${DEFAULT-VALUE}).")
    private int times;

    @Override
    public Integer call() throws Exception {
        Loop.Result all = measured("group", List.of("-Xmx512m"), times);
        Loop.Result one = measured("assign", List.of("-XX:TieredStopAtLevel=1", "-Xmx768m"), 100);
        System.out.printf(
                Locale.ROOT,
                "%n%,d faces, 70 %% of them 30 people's.%n%n| | median ms | p95 ms | peak MiB |%n| --- | --- | --- | --- |%n"
                        + "| group all | %.0f | %.0f | %s |%n| assign one | %.1f | %.1f | %s |%n",
                faces,
                all.milliseconds().median(),
                all.milliseconds().percentile(95),
                all.peak(),
                one.milliseconds().median(),
                one.milliseconds().percentile(95),
                one.peak());
        return 0;
    }

    private Loop.Result measured(String work, List<String> flags, int repeats) throws Exception {
        return Loop.run(
                Path.of("").toAbsolutePath(),
                Map.of(),
                Loop.java(
                        System.getProperty("java.class.path"),
                        PeopleLoop.class,
                        flags,
                        List.of(work, Integer.toString(faces), Integer.toString(repeats + Loop.WARM_UP))));
    }
}
