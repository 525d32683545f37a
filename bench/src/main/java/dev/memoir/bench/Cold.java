package dev.memoir.bench;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The first GraphQL answer when nothing runs: API and database asleep. */
@Command(name = "cold", description = "First GraphQL answer from zero, the database asleep too.")
final class Cold implements Callable<Integer> {
    @Option(names = "--rounds", defaultValue = "20", description = "How often (default ${DEFAULT-VALUE}).")
    private int rounds;

    @Override
    public Integer call() throws Exception {
        double[] cold = new double[rounds];
        double[] warm = new double[rounds];
        try (var memoir = LiveMemoir.start(2)) {
            memoir.awaitRehearsed();
            for (int i = 0; i < rounds; i++) {
                memoir.awaitAsleep();
                Thread.sleep(500);
                cold[i] = answer(memoir);
                warm[i] = answer(memoir);
            }
        }
        System.out.printf(
                "%n| first GraphQL answer | ms: min / median / p95 / max (n) |%n| --- | --- |%n"
                        + "| from zero, database asleep | %s |%n| warm | %s |%n",
                new Figures(cold), new Figures(warm));
        return 0;
    }

    private static double answer(LiveMemoir memoir) throws Exception {
        long start = System.nanoTime();
        memoir.graphql("{ assets(first: 20) { edges { node { id mediaType takenAt thumbnail } } } }");
        return (System.nanoTime() - start) / 1e6;
    }
}
