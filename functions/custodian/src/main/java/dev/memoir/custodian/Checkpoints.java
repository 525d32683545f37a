package dev.memoir.custodian;

import dev.memoir.catalog.IngestCatalog;
import dev.memoir.custodian.Progress.Phase;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;

/** Remembers in the catalog how far a sweep came. What is lost by a kill is one stretch, which the next sweep repeats. */
final class Checkpoints {
    static final String NOTE = "sweep";

    private static final int STRETCH = 1_000;
    private static final Duration AT_LEAST_EVERY = Duration.ofSeconds(2);

    private final IngestCatalog catalog;
    private final Consumer<Progress> listener;
    private final Clock clock;
    private final Count count;
    private final boolean resumed;
    private Progress progress;
    private Instant saved;
    private int sinceSaved;
    private String reached;

    private Checkpoints(
            IngestCatalog catalog, Consumer<Progress> listener, Clock clock, Progress progress, boolean resumed) {
        this.catalog = catalog;
        this.listener = listener;
        this.clock = clock;
        this.progress = progress;
        this.resumed = resumed;
        this.reached = progress.after();
        this.count = new Count(progress.tally());
        this.saved = clock.instant();
    }

    /**
     * @param anew true to forget an earlier sweep that did not come to its end
     * @param listener hears of each checkpoint
     */
    static Checkpoints open(IngestCatalog catalog, boolean anew, Consumer<Progress> listener, Clock clock) {
        Optional<Progress> earlier =
                anew ? Optional.empty() : catalog.note(NOTE).flatMap(note -> Progress.read(note, clock.instant()));
        Progress start = earlier.orElseGet(() -> Progress.begin(clock.instant()));
        return new Checkpoints(catalog, listener, clock, start, earlier.isPresent());
    }

    /** The phase in which an earlier sweep stopped, when this one goes on from there. */
    Optional<Phase> resumedFrom() {
        return resumed ? Optional.of(progress.phase()) : Optional.empty();
    }

    boolean isPast(Phase phase) {
        return progress.phase().compareTo(phase) > 0;
    }

    /** @return after which key or asset the phase goes on */
    String enter(Phase phase) {
        if (progress.phase() != phase) {
            reached = "";
            progress = progress.at(phase, "", count.tally());
            save();
        }
        return progress.after();
    }

    /** Everything up to this key or asset is done and its events are stored. */
    void reached(String at) {
        reached = at;
        sinceSaved++;
        if (sinceSaved >= STRETCH || Duration.between(saved, clock.instant()).compareTo(AT_LEAST_EVERY) > 0) {
            save();
        }
    }

    private void save() {
        progress = progress.at(progress.phase(), reached, count.tally());
        catalog.note(NOTE, progress.write());
        sinceSaved = 0;
        saved = clock.instant();
        listener.accept(progress);
    }

    void finish() {
        progress = progress.at(progress.phase(), reached, count.tally());
        catalog.note(NOTE, "");
    }

    Count count() {
        return count;
    }

    /** The counts of a sweep under way. */
    static final class Count {
        long objects;
        long emitted;
        long gone;
        long refused;
        long olderPipeline;
        long renditionsMissing;
        long notAnalysed;

        Count(Progress.Tally from) {
            objects = from.objects();
            emitted = from.emitted();
            gone = from.gone();
            refused = from.refused();
            olderPipeline = from.olderPipeline();
            renditionsMissing = from.renditionsMissing();
            notAnalysed = from.notAnalysed();
        }

        Progress.Tally tally() {
            return new Progress.Tally(objects, emitted, gone, refused, olderPipeline, renditionsMissing, notAnalysed);
        }
    }
}
