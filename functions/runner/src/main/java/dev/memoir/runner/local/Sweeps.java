package dev.memoir.runner.local;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZonedDateTime;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * When the bucket is compared with the rows: at the start, every night, and after store or queue were away, since what
 * happened meanwhile may have gone unsaid.
 */
public final class Sweeps {
    private static final Logger LOG = System.getLogger(Sweeps.class.getName());

    /** A machine that was suspended over the time of night notices within this time. */
    private static final Duration LOOK_AT_THE_CLOCK = Duration.ofMinutes(30);

    private final Custodian custodian;
    private final LocalTime nightly;
    private final AtomicBoolean asked = new AtomicBoolean();
    private Thread night;

    /** @param nightly local time of day */
    public Sweeps(Custodian custodian, LocalTime nightly) {
        this.custodian = custodian;
        this.nightly = nightly;
    }

    public void start() {
        ask("Memoir has started");
        night = Thread.ofVirtual().name("nights").start(this::nights);
    }

    public void stop() {
        if (night != null) {
            night.interrupt();
        }
    }

    /** Sweeps soon; several reasons make one sweep. */
    public void ask(String reason) {
        if (asked.compareAndSet(false, true)) {
            LOG.log(Level.INFO, "sweeping, since {0}", reason);
            Thread.ofVirtual().name("sweep").start(() -> custodian.run("sweep", () -> asked.set(false)));
        }
    }

    private void nights() {
        try {
            while (true) {
                sleepUntil(next(ZonedDateTime.now(), nightly));
                custodian.run("sweep", () -> {});
                custodian.run(Custodian.GROUPING, () -> {});
                custodian.run("vacuum", () -> {});
            }
        } catch (InterruptedException stopping) {
            // the runner ends
        }
    }

    static ZonedDateTime next(ZonedDateTime now, LocalTime at) {
        ZonedDateTime today = now.with(at);
        return today.isAfter(now) ? today : now.plusDays(1).with(at);
    }

    private static void sleepUntil(ZonedDateTime time) throws InterruptedException {
        Duration left = Duration.between(ZonedDateTime.now(), time);
        while (left.isPositive()) {
            Thread.sleep(left.compareTo(LOOK_AT_THE_CLOCK) < 0 ? left : LOOK_AT_THE_CLOCK);
            left = Duration.between(ZonedDateTime.now(), time);
        }
    }
}
