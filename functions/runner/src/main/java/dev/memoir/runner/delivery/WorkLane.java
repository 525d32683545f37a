package dev.memoir.runner.delivery;

import io.nats.client.JetStreamApiException;
import io.nats.client.Message;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Takes messages from one durable consumer, as many at a time as may be under way, and hands each to a thread. */
final class WorkLane {
    /** Long, so that an idle machine is left alone; a reconnect cuts it short. */
    private static final Duration WAIT = Duration.ofMinutes(2);

    private static final Duration QUEUE_AWAY = Duration.ofSeconds(2);

    /** What is done with a message. */
    interface Handler {
        void handle(Message message);
    }

    /** Opens the consumer: at the start, and again after a reconnect. */
    interface Source {
        Mailbox open() throws IOException, JetStreamApiException;
    }

    private final String name;
    private final Source source;
    private final Handler handler;
    private final Semaphore places;
    private final int concurrency;
    private final Optional<NewFirst> waitsFor;
    private final Optional<NewFirst> announces;
    private final Troubles troubles;
    private final Set<Thread> underWay = ConcurrentHashMap.newKeySet();
    private volatile boolean stopping;
    private Thread thread;

    private WorkLane(
            String name,
            Source source,
            Handler handler,
            int concurrency,
            Optional<NewFirst> waitsFor,
            Optional<NewFirst> announces,
            Troubles troubles) {
        this.name = name;
        this.source = source;
        this.handler = handler;
        this.places = new Semaphore(concurrency);
        this.concurrency = concurrency;
        this.waitsFor = waitsFor;
        this.announces = announces;
        this.troubles = troubles;
    }

    /** A lane that others give way to. */
    static WorkLane first(
            String name, Source source, Handler handler, int concurrency, NewFirst newFirst, Troubles troubles) {
        return new WorkLane(name, source, handler, concurrency, Optional.empty(), Optional.of(newFirst), troubles);
    }

    /** A lane that gives way. */
    static WorkLane second(
            String name, Source source, Handler handler, int concurrency, NewFirst newFirst, Troubles troubles) {
        return new WorkLane(name, source, handler, concurrency, Optional.of(newFirst), Optional.empty(), troubles);
    }

    void start() {
        thread = Thread.ofVirtual().name(name).start(this::run);
    }

    /** The queue is there again: what waited for an answer waits in vain. */
    void reconnected() {
        thread.interrupt();
    }

    /** Takes nothing more, and gives what is under way some time. */
    void stop(Duration drain) throws InterruptedException {
        stopping = true;
        thread.interrupt();
        if (!places.tryAcquire(concurrency, drain.toMillis(), TimeUnit.MILLISECONDS)) {
            underWay.forEach(Thread::interrupt);
            places.tryAcquire(concurrency, 5, TimeUnit.SECONDS);
        }
    }

    private void run() {
        Optional<Mailbox> mailbox = Optional.empty();
        while (!stopping) {
            boolean placed = false;
            try {
                places.acquire();
                placed = true;
                if (mailbox.isEmpty()) {
                    mailbox = Optional.of(source.open());
                }
                Optional<Message> message = next(mailbox.get());
                if (message.isPresent()) {
                    placed = false;
                    dispatch(message.get());
                }
                troubles.clear(name);
            } catch (InterruptedException e) {
                mailbox = discard(mailbox);
            } catch (IOException | JetStreamApiException | IllegalStateException e) {
                mailbox = discard(mailbox);
                troubles.report(name, "the queue does not answer: " + e.getMessage());
                pause();
            } finally {
                if (placed) {
                    places.release();
                }
            }
        }
        discard(mailbox);
    }

    private static Optional<Mailbox> discard(Optional<Mailbox> mailbox) {
        try {
            mailbox.ifPresent(Mailbox::close);
        } catch (IllegalStateException connectionClosed) {
            // nothing is left to discard
        }
        return Optional.empty();
    }

    private Optional<Message> next(Mailbox mailbox) throws InterruptedException {
        if (waitsFor.isPresent()) {
            waitsFor.get().awaitNone();
            return mailbox.await(WAIT);
        }
        Optional<Message> waitingAlready = mailbox.look();
        if (waitingAlready.isPresent()) {
            return waitingAlready;
        }
        announces.ifPresent(NewFirst::queueIsEmpty);
        return mailbox.await(WAIT);
    }

    private void dispatch(Message message) {
        announces.ifPresent(NewFirst::begins);
        Thread worker = Thread.ofVirtual()
                .name(name + "-" + message.metaData().streamSequence())
                .unstarted(() -> {
                    try {
                        handler.handle(message);
                    } finally {
                        underWay.remove(Thread.currentThread());
                        announces.ifPresent(NewFirst::ends);
                        places.release();
                    }
                });
        underWay.add(worker);
        worker.start();
    }

    private static void pause() {
        try {
            Thread.sleep(QUEUE_AWAY);
        } catch (InterruptedException soonerThanThought) {
            // a reconnect, or the end
        }
    }
}
