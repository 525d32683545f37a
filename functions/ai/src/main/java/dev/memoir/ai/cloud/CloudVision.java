package dev.memoir.ai.cloud;

import dev.memoir.catalog.Analysis;
import dev.memoir.catalog.Detection;
import dev.memoir.catalog.ModelVersion;
import dev.memoir.media.Label;
import dev.memoir.models.Task;
import dev.memoir.models.VisionProvider;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/**
 * A vision service as the function uses it: not more often than it may be asked, not beyond the month's budget, and asked again a few
 * times when it is busy.
 */
public final class CloudVision {
    private static final List<Duration> PAUSES = List.of(Duration.ofSeconds(1), Duration.ofSeconds(4));

    private final VisionProvider provider;
    private final VisionService service;
    private final Budget budget;
    private final Duration apart;
    private final boolean standIn;
    private final Pause pause;
    private long next;

    /** Waits. */
    @FunctionalInterface
    public interface Pause {
        void sleep(Duration time) throws InterruptedException;
    }

    /**
     * @param apart least time between two pictures
     * @param standIn whether the models here look while the budget is used up
     */
    public CloudVision(
            VisionProvider provider,
            VisionService service,
            Budget budget,
            Duration apart,
            boolean standIn,
            Pause pause) {
        this.provider = provider;
        this.service = service;
        this.budget = budget;
        this.apart = apart;
        this.standIn = standIn;
        this.pause = pause;
    }

    /** What its answers are kept under. */
    public List<ModelVersion> models() {
        return List.of(version(Task.LABELS), version(Task.NSFW));
    }

    private ModelVersion version(Task task) {
        return new ModelVersion(task.wireName(), provider.model(), provider.version());
    }

    /** Whether the models here look while the budget is used up. */
    public boolean standIn() {
        return standIn;
    }

    /** @throws VisionFailure when it does not get through */
    public Answer look(byte[] jpeg) {
        if (!budget.take()) {
            return spent();
        }
        Answer answer = asked(jpeg);
        for (Duration wait : PAUSES) {
            if (!(answer instanceof Answer.Later later)) {
                return answer;
            }
            if (later.charged() && !budget.take()) {
                return spent();
            }
            sleep(wait);
            answer = asked(jpeg);
        }
        if (answer instanceof Answer.Later later && !later.charged()) {
            budget.giveBack();
        }
        return answer;
    }

    private Answer spent() {
        return new Answer.Spent("this month's " + budget.most() + " pictures for " + provider.model() + " are used up");
    }

    private Answer asked(byte[] jpeg) {
        sleep(untilItMayBeAsked());
        return service.look(jpeg);
    }

    private synchronized Duration untilItMayBeAsked() {
        long now = System.nanoTime();
        long at = Math.max(now, next);
        next = at + apart.toNanos();
        return Duration.ofNanos(at - now);
    }

    private void sleep(Duration time) {
        try {
            if (time.isPositive()) {
                pause.sleep(time);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new VisionFailure("interrupted while waiting for " + provider.model(), e);
        }
    }

    /** As the catalog keeps it. Names of things are labels, too. */
    public List<Analysis> analyses(Answer.Seen seen) {
        ModelVersion labels = version(Task.LABELS);
        ModelVersion nsfw = version(Task.NSFW);
        return List.of(
                new Analysis(
                        labels.task(),
                        labels.model(),
                        labels.version(),
                        Label.together(Stream.concat(
                                seen.labels().stream(),
                                seen.objects().stream().map(thing -> new Label(thing.name(), thing.confidence())))),
                        places(seen),
                        OptionalDouble.empty()),
                new Analysis(nsfw.task(), nsfw.model(), nsfw.version(), List.of(), seen.nsfw()));
    }

    private static List<Detection> places(Answer.Seen seen) {
        return seen.objects().stream()
                .map(thing -> new Detection(thing.name(), thing.confidence(), thing.box(), 0))
                .sorted(Comparator.comparingDouble(Detection::confidence).reversed())
                .toList();
    }
}
