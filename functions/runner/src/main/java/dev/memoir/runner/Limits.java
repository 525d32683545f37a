package dev.memoir.runner;

import dev.memoir.gateway.EdgeLimits;
import dev.memoir.runner.Settings.Mistake;
import dev.memoir.runner.delivery.Delivery;
import dev.memoir.runner.delivery.RetryRules;
import dev.memoir.runner.edge.Edge;
import dev.memoir.runner.edge.RateLimit;
import dev.memoir.runner.edge.ShareDoor;
import dev.memoir.runner.traces.Traces;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** How much, how long and how often: what edge and delivery are told, wherever the functions run. */
public final class Limits {
    private Limits() {}

    /** Of one unit of work, well below what hosts of functions allow. */
    public static Duration work(Values values) throws Mistake {
        return values.duration("work.limit", Duration.ofSeconds(290));
    }

    static Delivery.Tuning delivery(Values values) throws Mistake {
        RetryRules usual = RetryRules.USUAL;
        return new Delivery.Tuning(
                new RetryRules(
                        values.number("retry.attempts", usual.attempts()),
                        values.durations("retry.delays", usual.delays())),
                values.number("postprocessor.concurrency", 2),
                values.number("postprocessor.backfill", 1),
                values.number("ai.concurrency", 1),
                values.number("ai.backfill", 1),
                !"off".equals(values.text("ai.ahead", "on")));
    }

    static Traces traces(Values values) {
        return Traces.to(Optional.ofNullable(values.named().get("traces")).map(URI::create));
    }

    /** How long a question waits for a function to start. */
    static Duration patience(Values values) throws Mistake {
        return values.duration("edge.patience", EdgeLimits.PATIENCE);
    }

    /**
     * @param built pages that are served where no others are named
     * @param store the store's address for browsers
     * @param authority that devices are to trust
     */
    static Edge.Rules edge(Values values, Path built, Optional<URI> store, Optional<Path> authority) throws Mistake {
        return new Edge.Rules(
                values.mebibytes("edge.body", 1),
                patience(values),
                rate(values, "edge.rate", "edge.burst", EdgeLimits.PER_SUBJECT),
                rate(values, "edge.addressRate", "edge.addressBurst", EdgeLimits.PER_ADDRESS),
                new RateLimit(1, values.number("login.addressBurst", 20)),
                new RateLimit(values.number("login.rate", 5), values.number("login.burst", 60)),
                shares(values),
                pages(values, built),
                store,
                authority);
    }

    private static ShareDoor.Limits shares(Values values) throws Mistake {
        return new ShareDoor.Limits(
                new RateLimit(1, values.number("share.addressBurst", 20)),
                new RateLimit(values.number("share.rate", 5), values.number("share.burst", 60)),
                rate(values, "edge.rate", "edge.burst", EdgeLimits.PER_SUBJECT));
    }

    private static RateLimit rate(Values values, String perSecond, String burst, EdgeLimits.Rate usual) throws Mistake {
        return new RateLimit(values.number(perSecond, usual.perSecond()), values.number(burst, usual.burst()));
    }

    private static Optional<Path> pages(Values values, Path built) {
        if ("off".equals(values.text("edge.web", "on"))) {
            return Optional.empty();
        }
        return Optional.ofNullable(values.named().get("edge.pages"))
                .map(String::strip)
                .map(Path::of)
                .or(() -> Optional.of(built).filter(Files::isDirectory));
    }
}
