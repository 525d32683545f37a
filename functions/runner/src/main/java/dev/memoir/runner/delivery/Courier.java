package dev.memoir.runner.delivery;

import dev.memoir.events.EventCodec;
import dev.memoir.events.EventPublisher;
import dev.memoir.events.EventTypes;
import dev.memoir.events.Lane;
import dev.memoir.events.Subjects;
import dev.memoir.events.UnreadableEventException;
import dev.memoir.runner.hosts.FunctionHost;
import dev.memoir.runner.hosts.Unavailable;
import dev.memoir.runner.metrics.Metrics;
import dev.memoir.runner.metrics.Question;
import dev.memoir.runner.traces.Traces;
import io.cloudevents.CloudEvent;
import io.nats.client.JetStreamApiException;
import io.nats.client.Message;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** Brings one message to its function and sees it through: the answer published, the message acknowledged. */
final class Courier {
    private static final Logger LOG = System.getLogger(Courier.class.getName());
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration LEAST_PAUSE = Duration.ofMillis(200);
    private static final Duration MOST_PAUSE = Duration.ofMinutes(1);

    /** Quarkus answers with no more than this of an exception. */
    private static final Pattern ERROR_ID = Pattern.compile("Error id ([0-9a-f-]+)");

    private static final int LONGEST_REASON = 500;

    /** What a courier needs besides the message. */
    record Desk(
            EventPublisher publisher,
            Post post,
            Attempts attempts,
            DeadLetters dead,
            RetryRules rules,
            Delivery.Observers observers,
            CountDownLatch closing) {
        /** Ends at once when the runner does: what only waits need not be waited for. */
        void pause(Duration time) throws InterruptedException {
            if (closing.await(time.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new InterruptedException("the runner is stopping");
            }
        }
    }

    private final Desk desk;
    private final FunctionHost function;
    private final Lane lane;
    private final Optional<FunctionHost> wokenAhead;
    private final Troubles troubles;
    private final Metrics metrics;
    private final Traces traces;

    /** @param wokenAhead the function that will soon be needed when this one starts working */
    Courier(Desk desk, FunctionHost function, Lane lane, Optional<FunctionHost> wokenAhead) {
        this.desk = desk;
        this.function = function;
        this.lane = lane;
        this.wokenAhead = wokenAhead;
        this.troubles = desk.observers().troubles();
        this.metrics = desk.observers().metrics();
        this.traces = desk.observers().traces();
    }

    /** Returns when the message is dealt with, one way or the other; interrupted, it leaves the message to the next runner. */
    void deliver(Message message) {
        try (Heartbeat _ = new Heartbeat(message)) {
            Optional<CloudEvent> event = read(message);
            if (event.isPresent()) {
                deliver(message, event.get());
            }
        } catch (InterruptedException stopping) {
            message.nak();
        } catch (IOException | JetStreamApiException | IllegalStateException e) {
            // the queue is away: the message comes again by itself
            troubles.report("queue", "the queue does not take what was done: " + e.getMessage());
        }
    }

    private Optional<CloudEvent> read(Message message) throws IOException, JetStreamApiException {
        try {
            return Optional.of(EventCodec.ofJson(message.getData()));
        } catch (UnreadableEventException e) {
            bury(message, e.getMessage(), 0);
            return Optional.empty();
        }
    }

    private void deliver(Message message, CloudEvent event)
            throws InterruptedException, IOException, JetStreamApiException {
        try (Traces.Step step = traces.begin("deliver " + function.name(), Traces.Kind.CONSUMER, Traces.of(event))) {
            step.note("cloudevents.event_type", event.getType());
            step.note("memoir.delivery", message.metaData().deliveredCount());
            step.note("memoir.lane", lane.name().toLowerCase(Locale.ROOT));
            seeThrough(message, step.carriedBy(event));
        }
    }

    private void seeThrough(Message message, CloudEvent event)
            throws InterruptedException, IOException, JetStreamApiException {
        if (message.metaData().deliveredCount() > 1) {
            metrics.redelivery(function.name());
        }
        Question question = metrics.question(function.name());
        boolean dealtWith = false;
        while (!dealtWith) {
            Outcome outcome = attempt(event, question);
            metrics.delivery(function.name(), outcome.token());
            dealtWith = switch (outcome) {
                case Outcome.Done done -> {
                    finish(message, event, done);
                    yield true;
                }
                case Outcome.Failed failed -> {
                    countFailure(message, failed.reason());
                    yield true;
                }
                case Outcome.Lost lost -> {
                    countFailure(message, lost.reason());
                    yield true;
                }
                case Outcome.NotAccepted notAccepted -> {
                    troubles.report(function.name(), notAccepted.reason());
                    desk.pause(bounded(Duration.ofSeconds(2)));
                    yield false;
                }
                case Outcome.Misconfigured misconfigured -> {
                    troubles.report(function.name(), misconfigured.reason() + " (tried again every minute)");
                    desk.pause(MOST_PAUSE);
                    yield false;
                }
            };
        }
    }

    private Outcome attempt(CloudEvent event, Question question) throws InterruptedException {
        while (true) {
            try (FunctionHost.Place place = function.acquire(PATIENCE).get()) {
                wokenAhead.filter(next -> leadsOn(event)).ifPresent(FunctionHost::wakeAhead);
                return explained(send(event, place, question), place);
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof Unavailable unavailable)) {
                    throw new IllegalStateException(e.getCause());
                }
                troubles.report(function.name(), unavailable.getMessage());
                desk.pause(bounded(unavailable.retryAfter()));
            }
        }
    }

    private Outcome send(CloudEvent event, FunctionHost.Place place, Question question) throws InterruptedException {
        try (Traces.Step step = traces.begin("POST " + function.name(), Traces.Kind.CLIENT, Traces.of(event))) {
            Outcome outcome = desk.post().send(place.address(), step.carriedBy(event), question);
            step.note("faas.coldstart", question.wasColdStart());
            step.note("memoir.outcome", outcome.token());
            if (!(outcome instanceof Outcome.Done)) {
                step.failed(outcome.token());
            }
            return outcome;
        }
    }

    /** People want to know how a function died, or what it logged, rather than that an answer was 500 or missing. */
    private static Outcome explained(Outcome outcome, FunctionHost.Place place) {
        return switch (outcome) {
            case Outcome.Lost lost ->
                place.epitaph().<Outcome>map(Outcome.Failed::new).orElse(lost);
            case Outcome.Failed failed ->
                ERROR_ID.matcher(failed.reason())
                        .results()
                        .findFirst()
                        .flatMap(found -> place.logged(found.group(1)))
                        .map(said -> new Outcome.Failed(said.substring(0, Math.min(said.length(), LONGEST_REASON))))
                        .orElse(failed);
            default -> outcome;
        };
    }

    /** Whether something was added, so that the next function will soon have work. */
    private static boolean leadsOn(CloudEvent event) {
        return event.getType().startsWith(EventTypes.STORE_PREFIX + "ObjectCreated");
    }

    private static Duration bounded(Duration wanted) {
        Duration least = wanted.compareTo(LEAST_PAUSE) < 0 ? LEAST_PAUSE : wanted;
        return least.compareTo(MOST_PAUSE) > 0 ? MOST_PAUSE : least;
    }

    private void finish(Message message, CloudEvent event, Outcome.Done done)
            throws IOException, JetStreamApiException {
        if (done.answer().isPresent()) {
            publish(done.answer().get(), event);
        }
        message.ack();
        troubles.clear(function.name());
        if (message.metaData().deliveredCount() > 1) {
            desk.attempts().forget(identity(message));
        }
    }

    /** Only a preview has somebody who waits for it. */
    private void publish(CloudEvent answer, CloudEvent cause) throws IOException {
        if (!answer.getType().equals(EventTypes.PREVIEWED)) {
            return;
        }
        CloudEvent traced = Traces.of(answer).isPresent()
                ? answer
                : EventCodec.with(answer, Traces.TRACEPARENT, Traces.of(cause).orElseThrow());
        desk.publisher().publish(lane, Subjects.PREVIEWED, traced);
        troubles.clear("queue");
    }

    private void countFailure(Message message, String reason) throws IOException, JetStreamApiException {
        int failures = desk.attempts().failed(identity(message));
        LOG.log(
                Level.WARNING,
                "{0} failed, attempt {1} of {2}: {3}",
                function.name(),
                failures,
                desk.rules().attempts(),
                reason);
        if (failures >= desk.rules().attempts()) {
            bury(message, reason, failures);
            desk.attempts().forget(identity(message));
        } else {
            message.nakWithDelay(desk.rules().after(failures));
        }
    }

    /** Acknowledged only when the dead letter is stored. */
    private void bury(Message message, String reason, int attempts) throws IOException, JetStreamApiException {
        desk.dead().add(function.name(), message.getSubject(), message.getData(), reason, attempts, Instant.now());
        message.ack();
        metrics.deadLetter(function.name());
        LOG.log(Level.ERROR, "{0} gave up on an event: {1}", function.name(), reason);
    }

    private static String identity(Message message) {
        return message.metaData().getStream() + "." + message.metaData().streamSequence();
    }
}
