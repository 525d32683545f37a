package dev.memoir.runner;

import dev.memoir.runner.Settings.Mistake;
import dev.memoir.runner.delivery.Delivery;
import dev.memoir.runner.delivery.RetryRules;
import dev.memoir.runner.edge.Edge;
import dev.memoir.runner.edge.RateLimit;
import dev.memoir.runner.traces.Traces;
import java.net.URI;
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

    static Edge.Rules edge(Values values) throws Mistake {
        return new Edge.Rules(
                values.mebibytes("edge.body", 1),
                values.duration("edge.patience", Duration.ofSeconds(30)),
                new RateLimit(values.number("edge.rate", 50), values.number("edge.burst", 200)),
                new RateLimit(values.number("edge.addressRate", 100), values.number("edge.addressBurst", 400)),
                Optional.ofNullable(values.named().get("edge.pages"))
                        .map(String::strip)
                        .map(Path::of));
    }
}
