package dev.memoir.runner.delivery;

import dev.memoir.events.EventPublisher;
import dev.memoir.events.Lane;
import dev.memoir.events.QueueAddress;
import dev.memoir.events.Streams;
import dev.memoir.runner.hosts.FunctionHost;
import dev.memoir.runner.metrics.Metrics;
import dev.memoir.runner.traces.Traces;
import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamManagement;
import io.nats.client.Message;
import io.nats.client.Nats;
import io.nats.client.api.ConsumerInfo;
import java.io.IOException;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/** The whole of event delivery: the store's notifications, and two lanes to each of the two functions that take events. */
public final class Delivery {
    /**
     * How it is tuned: what is tried again how often, and how much is under way at once in each lane.
     *
     * @param aiAhead whether the AI is woken while the postprocessor still works
     */
    public record Tuning(
            RetryRules rules,
            int postprocessorNew,
            int postprocessorBackfill,
            int aiNew,
            int aiBackfill,
            boolean aiAhead) {}

    /** Who is told what goes on. */
    public record Observers(Troubles troubles, Metrics metrics, Traces traces) {}

    private static final Duration LEAST_PAUSE = Duration.ofSeconds(1);

    private final Connection connection;
    private final Troubles troubles;
    private final DeadLetters dead;
    private final List<WorkLane> lanes = new ArrayList<>();
    private final CountDownLatch closing = new CountDownLatch(1);

    private Delivery(Connection connection, Troubles troubles, DeadLetters dead) {
        this.connection = connection;
        this.troubles = troubles;
        this.dead = dead;
    }

    /**
     * Connects, and starts taking events. The streams must exist.
     *
     * @param originals bucket whose events are work
     * @param queueBack told when the queue was away and answers again
     */
    public static Delivery start(
            QueueAddress queue,
            String originals,
            FunctionHost postprocessor,
            FunctionHost ai,
            Post post,
            Tuning tuning,
            Observers observers,
            Runnable queueBack)
            throws IOException, InterruptedException, JetStreamApiException {
        Troubles troubles = observers.troubles();
        Link link = new Link();
        Connection connection = Nats.connect(queue.options()
                .connectionName("runner")
                .maxReconnects(-1)
                .reconnectWait(Duration.ofMillis(500))
                .pingInterval(Duration.ofMinutes(2))
                .connectionListener((c, event) -> link.changed(event))
                .errorListener(new QuietErrors(troubles))
                .build());
        try {
            DeadLetters dead = new DeadLetters(connection, Streams.DEAD);
            Delivery delivery = new Delivery(connection, troubles, dead);
            EventPublisher publisher = new EventPublisher(connection);
            Courier.Desk desk = new Courier.Desk(
                    publisher, post, Attempts.open(connection), dead, tuning.rules(), observers, delivery.closing);
            StoreInbox inbox = new StoreInbox(publisher, dead, originals, observers);
            delivery.lanes.add(WorkLane.first(
                    "store",
                    delivery.consumer(Streams.STORE, Streams.STORE_CONSUMER),
                    inbox::take,
                    1,
                    new NewFirst(),
                    troubles));
            delivery.function(
                    desk,
                    postprocessor,
                    tuning.postprocessorNew(),
                    tuning.postprocessorBackfill(),
                    tuning.aiAhead() ? Optional.of(ai) : Optional.empty());
            delivery.function(desk, ai, tuning.aiNew(), tuning.aiBackfill(), Optional.empty());
            link.onReturn(() -> {
                troubles.clear("queue");
                delivery.lanes.forEach(WorkLane::reconnected);
                queueBack.run();
            });
            delivery.lanes.forEach(WorkLane::start);
            return delivery;
        } catch (IOException | RuntimeException e) {
            // Whoever tries again makes a connection of its own.
            connection.close();
            throw e;
        }
    }

    private void function(
            Courier.Desk desk,
            FunctionHost function,
            int newConcurrency,
            int backfillConcurrency,
            Optional<FunctionHost> next) {
        NewFirst newFirst = new NewFirst();
        Courier fresh = new Courier(desk, function, Lane.NEW, next);
        Courier old = new Courier(desk, function, Lane.BACKFILL, Optional.empty());
        String name = function.name();
        lanes.add(WorkLane.first(
                name + "-new",
                consumer(Streams.WORK, Streams.consumer(name, Lane.NEW)),
                fresh::deliver,
                newConcurrency,
                newFirst,
                troubles));
        lanes.add(WorkLane.second(
                name + "-backfill",
                consumer(Streams.WORK, Streams.consumer(name, Lane.BACKFILL)),
                message -> afterNew(newFirst, message, old),
                backfillConcurrency,
                newFirst,
                troubles));
    }

    /** New work may have come while the lane waited for old work. */
    private static void afterNew(NewFirst newFirst, Message message, Courier courier) {
        try (Heartbeat _ = new Heartbeat(message)) {
            newFirst.awaitNone();
        } catch (InterruptedException stopping) {
            message.nak();
            return;
        }
        courier.deliver(message);
    }

    private WorkLane.Source consumer(String stream, String name) {
        return () -> Mailbox.open(connection, stream, name);
    }

    public DeadLetters dead() {
        return dead;
    }

    /** Events for a function that wait or are under way. */
    public long waiting(Lane lane, String function) throws IOException, JetStreamApiException {
        return waiting(Streams.WORK, Streams.consumer(function, lane));
    }

    /** Notifications of the store that nobody has looked at. */
    public long waitingNotifications() throws IOException, JetStreamApiException {
        return waiting(Streams.STORE, Streams.STORE_CONSUMER);
    }

    private long waiting(String stream, String consumer) throws IOException, JetStreamApiException {
        JetStreamManagement management = connection.jetStreamManagement();
        ConsumerInfo info = management.getConsumerInfo(stream, consumer);
        return info.getNumPending() + info.getNumAckPending();
    }

    /**
     * Holds a function's events back, for all who deliver them. Ends by itself, so that a forgotten pause costs a delay and
     * nothing else.
     *
     * @param most zero ends a pause
     */
    public void pause(String function, Duration most) throws IOException, JetStreamApiException {
        // A pause that is taken back tells nobody who waits (nats-server 2.15); one that runs out does.
        ZonedDateTime until = ZonedDateTime.now().plus(most.compareTo(LEAST_PAUSE) < 0 ? LEAST_PAUSE : most);
        JetStreamManagement management = connection.jetStreamManagement();
        for (Lane lane : Lane.values()) {
            management.pauseConsumer(Streams.WORK, Streams.consumer(function, lane), until);
        }
    }

    /** Whether new or old work waits or is under way. */
    public boolean isQuiet() throws IOException, JetStreamApiException {
        long all = waitingNotifications();
        for (Lane lane : Lane.values()) {
            all += waiting(lane, "postprocessor") + waiting(lane, "ai");
        }
        return all == 0;
    }

    /** Takes nothing new; what is under way gets {@code drain} to finish, and comes again if it doesn't. */
    public void close(Duration drain) {
        closing.countDown();
        try {
            List<Thread> stopping = lanes.stream()
                    .map(lane -> Thread.ofVirtual().start(() -> stop(lane, drain)))
                    .toList();
            for (Thread thread : stopping) {
                thread.join();
            }
            connection.flush(Duration.ofSeconds(2));
            connection.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (java.util.concurrent.TimeoutException queueGone) {
            // what was not acknowledged comes again
        }
    }

    private static void stop(WorkLane lane, Duration drain) {
        try {
            lane.stop(drain);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
