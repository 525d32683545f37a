package dev.memoir.runner.hosts;

import dev.memoir.runner.database.Lease;
import dev.memoir.runner.processes.Backoff;
import dev.memoir.runner.processes.ProcessMemory;
import dev.memoir.runner.processes.Processes;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A function as a process: started by the first request, which waits; stopped when nobody has asked for a while; started
 * again after a crash only when somebody asks, with growing pauses. Safe for many threads.
 */
public final class LocalProcess implements FunctionHost {
    private static final Logger LOG = System.getLogger(LocalProcess.class.getName());
    private static final Duration HEALTHY = Duration.ofSeconds(30);
    /** Between two looks at a process's memory: one large photo takes its most for less than a second. */
    private static final Duration LOOK = Duration.ofMillis(100);

    /** What a person is told of a function. */
    public enum State {
        ASLEEP,
        WAKING,
        AWAKE,
        CRASHED
    }

    private final LocalFunction function;
    private final Processes processes;
    private final Lease database;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition nothingRuns = lock.newCondition();
    private final Deque<CompletableFuture<Place>> waiting = new ArrayDeque<>();
    private final List<Incarnation> stopping = new ArrayList<>();
    private State state = State.ASLEEP;
    private Incarnation current;
    private boolean waking;
    private boolean closed;
    private int failures;
    private Instant notBefore = Instant.MIN;
    private String trouble;
    private int coldStarts;
    private long lastColdStartMs;

    public LocalProcess(LocalFunction function, Processes processes, Lease database) {
        this.function = function;
        this.processes = processes;
        this.database = database;
    }

    @Override
    public String name() {
        return function.name();
    }

    @Override
    public CompletableFuture<Place> acquire(Duration patience) {
        CompletableFuture<Place> wanted = new CompletableFuture<>();
        lock.lock();
        try {
            Optional<Unavailable> refusal = refusal();
            if (refusal.isPresent()) {
                return CompletableFuture.failedFuture(refusal.get());
            }
            waiting.add(wanted);
            serveWaiting();
            wakeIfWanted();
        } finally {
            lock.unlock();
        }
        return wanted.isDone() ? wanted : limited(wanted, patience);
    }

    @Override
    public void wakeAhead() {
        lock.lock();
        try {
            if (refusal().isEmpty() && current == null) {
                startWaking();
            }
        } finally {
            lock.unlock();
        }
    }

    private Optional<Unavailable> refusal() {
        if (closed) {
            return Optional.of(new Unavailable("the runner is stopping", Duration.ofSeconds(5)));
        }
        Optional<String> obstacle = function.obstacle().get();
        if (obstacle.isPresent()) {
            return Optional.of(new Unavailable(obstacle.get(), Duration.ofSeconds(5)));
        }
        Duration rest = Duration.between(Instant.now(), notBefore);
        if (state == State.CRASHED && rest.isPositive()) {
            return Optional.of(new Unavailable(name() + " can't run now: " + trouble, rest));
        }
        if (waiting.size() >= function.queue()) {
            return Optional.of(new Unavailable(name() + " is busy", Duration.ofSeconds(2)));
        }
        return Optional.empty();
    }

    private CompletableFuture<Place> limited(CompletableFuture<Place> wanted, Duration patience) {
        CompletableFuture<Place> limited = new CompletableFuture<>();
        wanted.orTimeout(patience.toMillis(), TimeUnit.MILLISECONDS).whenComplete((place, failure) -> {
            if (place != null) {
                limited.complete(place);
            } else if (failure instanceof Unavailable unavailable) {
                limited.completeExceptionally(unavailable);
            } else {
                forget(wanted);
                limited.completeExceptionally(
                        new Unavailable(name() + " had no place within " + patience, Duration.ofSeconds(2)));
            }
        });
        return limited;
    }

    private void forget(CompletableFuture<Place> wanted) {
        lock.lock();
        try {
            waiting.remove(wanted);
        } finally {
            lock.unlock();
        }
    }

    /** Hands free places to those who wait longest. Called with the lock held. */
    private void serveWaiting() {
        while (current != null && current.hasRoom() && !waiting.isEmpty()) {
            Place place = current.take();
            if (!waiting.poll().complete(place)) {
                place.close();
            }
        }
    }

    private void wakeIfWanted() {
        if (!waiting.isEmpty() && current == null) {
            startWaking();
        }
    }

    private void startWaking() {
        if (!waking && !closed) {
            waking = true;
            state = State.WAKING;
            Thread.ofVirtual().name("wake-" + name()).start(this::wake);
        }
    }

    private void wake() {
        long begin = System.nanoTime();
        try {
            Incarnation fresh = Incarnation.start(function, processes, database, this::placeFreed);
            awake(fresh, Duration.ofNanos(System.nanoTime() - begin));
            Thread.ofVirtual().name("keep-" + name()).start(() -> keep(fresh));
        } catch (IOException e) {
            failed(e.getMessage());
        } catch (InterruptedException e) {
            failed("interrupted while starting");
        }
    }

    private void awake(Incarnation fresh, Duration took) {
        lock.lock();
        try {
            waking = false;
            coldStarts++;
            lastColdStartMs = took.toMillis();
            trouble = null;
            current = fresh;
            state = State.AWAKE;
            serveWaiting();
        } finally {
            lock.unlock();
        }
        LOG.log(Level.INFO, "{0} is awake after {1} ms", name(), Long.toString(took.toMillis()));
    }

    private void failed(String reason) {
        List<CompletableFuture<Place>> disappointed;
        Duration pause;
        lock.lock();
        try {
            waking = false;
            failures++;
            pause = Backoff.USUAL.after(failures + 1);
            notBefore = Instant.now().plus(pause);
            trouble = reason;
            state = State.CRASHED;
            disappointed = List.copyOf(waiting);
            waiting.clear();
            nothingRuns.signalAll();
        } finally {
            lock.unlock();
        }
        LOG.log(Level.ERROR, "{0} does not start: {1}", name(), reason);
        disappoint(disappointed, name() + " does not start: " + reason, pause);
    }

    /** Watches one process until it has ended. */
    private void keep(Incarnation watched) {
        try {
            while (!watched.ended(nextLook(watched))) {
                watched.child().trimLog();
                long resident = watched.child().residentBytes();
                if (resident > function.memoryCap()) {
                    watched.kill(resident);
                } else if (retireIfIdle(watched)) {
                    watched.stop();
                    LOG.log(Level.INFO, "{0} sleeps", name());
                }
            }
            ended(watched);
        } catch (InterruptedException e) {
            watched.stop();
            ended(watched);
        }
    }

    private Duration nextLook(Incarnation watched) {
        Duration untilIdle = function.idle().minus(watched.idleFor());
        Duration least = Duration.ofMillis(10);
        Duration wait = untilIdle.compareTo(LOOK) < 0 && watched.isIdle() ? untilIdle : LOOK;
        return wait.compareTo(least) < 0 ? least : wait;
    }

    private boolean retireIfIdle(Incarnation watched) {
        lock.lock();
        try {
            boolean retire = current == watched
                    && watched.isIdle()
                    && waiting.isEmpty()
                    && watched.idleFor().compareTo(function.idle()) >= 0;
            if (retire) {
                retire(watched);
                failures = 0;
            }
            return retire;
        } finally {
            lock.unlock();
        }
    }

    private void retire(Incarnation running) {
        current = null;
        stopping.add(running);
    }

    private void ended(Incarnation watched) {
        watched.release();
        List<CompletableFuture<Place>> disappointed = List.of();
        Duration pause = Duration.ZERO;
        lock.lock();
        try {
            if (stopping.remove(watched)) {
                if (current == null && !waking) {
                    state = State.ASLEEP;
                }
            } else {
                pause = crashed(watched);
            }
            if (pause.isPositive()) {
                disappointed = List.copyOf(waiting);
                waiting.clear();
            } else {
                wakeIfWanted();
            }
            nothingRuns.signalAll();
        } finally {
            lock.unlock();
        }
        disappoint(disappointed, name() + " crashed", pause);
    }

    private Duration crashed(Incarnation watched) {
        current = null;
        failures = watched.age().compareTo(HEALTHY) > 0 ? 1 : failures + 1;
        Duration pause = Backoff.USUAL.after(failures);
        notBefore = Instant.now().plus(pause);
        trouble = watched.epitaph();
        state = State.CRASHED;
        LOG.log(Level.WARNING, "{0} crashed: {1}", name(), trouble);
        return pause;
    }

    /** Those who wait are told at once: whether it is worth waiting on is theirs to decide. */
    private static void disappoint(List<CompletableFuture<Place>> waiting, String reason, Duration pause) {
        waiting.forEach(one -> one.completeExceptionally(new Unavailable(reason, pause)));
    }

    private void placeFreed() {
        lock.lock();
        try {
            serveWaiting();
        } finally {
            lock.unlock();
        }
    }

    /** Stops it for good: work under way is given {@code drain} to finish. */
    public void close(Duration drain) {
        Instant end = Instant.now().plus(drain);
        lock.lock();
        try {
            closed = true;
            while (!quiet() && Instant.now().isBefore(end)) {
                nothingRuns.await(50, TimeUnit.MILLISECONDS);
            }
            if (current != null) {
                Incarnation last = current;
                retire(last);
                Thread.ofVirtual().name("stop-" + name()).start(last::stop);
            }
            while (!stopping.isEmpty() || waking) {
                nothingRuns.await(50, TimeUnit.MILLISECONDS);
                if (current != null) {
                    Incarnation late = current;
                    retire(late);
                    Thread.ofVirtual().name("stop-" + name()).start(late::stop);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
    }

    private boolean quiet() {
        return waiting.isEmpty() && (current == null || current.isIdle()) && !waking;
    }

    /** A moment's view, for people. */
    public View view() {
        lock.lock();
        try {
            long pid = current == null ? 0 : current.child().pid();
            State shown = state == State.ASLEEP && !stopping.isEmpty() ? State.AWAKE : state;
            return new View(
                    shown,
                    pid,
                    pid == 0 ? 0 : ProcessMemory.proportionalOfTree(pid),
                    coldStarts,
                    lastColdStartMs,
                    Optional.ofNullable(trouble));
        } finally {
            lock.unlock();
        }
    }

    /**
     * @param pid 0 when it isn't running
     * @param memoryBytes proportional set
     * @param lastColdStartMs from asking for it until it was ready, the database included
     * @param trouble why it crashed or does not start
     */
    public record View(
            State state, long pid, long memoryBytes, int coldStarts, long lastColdStartMs, Optional<String> trouble) {}
}
