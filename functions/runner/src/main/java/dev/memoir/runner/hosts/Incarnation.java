package dev.memoir.runner.hosts;

import dev.memoir.runner.database.DatabaseDown;
import dev.memoir.runner.database.Lease;
import dev.memoir.runner.processes.Child;
import dev.memoir.runner.processes.Ports;
import dev.memoir.runner.processes.Processes;
import dev.memoir.runner.processes.Readiness;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;

/** One run of a function's process, from its start to its end. */
final class Incarnation {
    private static final Duration GRACE = Duration.ofSeconds(10);

    /** From a lost connection to the end of the process. */
    private static final Duration LAST_MOMENT = Duration.ofSeconds(2);

    /** Before an exception's message: they tell people nothing. */
    private static final Pattern CLASS_NAMES = Pattern.compile("^(?:[a-z]\\w*(?:\\.[\\w$]+)+: )+");

    private final LocalFunction function;
    private final Child child;
    private final URI address;
    private final Lease.Held database;
    private final Runnable placeFreed;
    private final long started = System.nanoTime();
    private int inUse;
    private long lastUse = System.nanoTime();
    private volatile String killed;

    private Incarnation(LocalFunction function, Child child, URI address, Lease.Held database, Runnable placeFreed) {
        this.function = function;
        this.child = child;
        this.address = address;
        this.database = database;
        this.placeFreed = placeFreed;
    }

    /** Starts process and database side by side; returns when both are ready. */
    static Incarnation start(LocalFunction function, Processes processes, Lease lease, Runnable placeFreed)
            throws IOException, InterruptedException {
        CompletableFuture<Lease.Held> database =
                function.needsDatabase() ? wake(lease) : CompletableFuture.completedFuture(() -> {});
        Child child = null;
        try {
            int port = Ports.free();
            child = processes.start(function.launch().get().with(Map.of("PORT", Integer.toString(port))));
            Readiness.http(child, port, "/ready", function.startLimit());
            URI address = URI.create("http://127.0.0.1:" + port);
            return new Incarnation(function, child, address, database.get(), placeFreed);
        } catch (IOException | InterruptedException e) {
            giveUp(child, database);
            throw e;
        } catch (ExecutionException e) {
            giveUp(child, database);
            throw new IOException(e.getCause().getMessage(), e.getCause());
        }
    }

    private static CompletableFuture<Lease.Held> wake(Lease lease) {
        CompletableFuture<Lease.Held> held = new CompletableFuture<>();
        Thread.ofVirtual().name("lease").start(() -> {
            try {
                held.complete(lease.acquire());
            } catch (DatabaseDown | InterruptedException e) {
                held.completeExceptionally(e);
            }
        });
        return held;
    }

    private static void giveUp(Child child, CompletableFuture<Lease.Held> database) {
        if (child != null) {
            child.kill();
        }
        database.whenComplete((held, failure) -> {
            if (held != null) {
                held.close();
            }
        });
    }

    Child child() {
        return child;
    }

    synchronized boolean hasRoom() {
        return inUse < function.concurrency() && child.alive();
    }

    synchronized FunctionHost.Place take() {
        inUse++;
        AtomicBoolean open = new AtomicBoolean(true);
        return new FunctionHost.Place() {
            @Override
            public URI address() {
                return address;
            }

            @Override
            public Optional<String> epitaph() {
                return Incarnation.this.epitaph(LAST_MOMENT);
            }

            @Override
            public Optional<String> logged(String errorId) {
                return child.lastOutput()
                        .lines()
                        .filter(line -> line.contains(errorId + ": "))
                        .map(line -> line.substring(line.indexOf(errorId) + errorId.length() + 2))
                        .map(said -> CLASS_NAMES.matcher(said).replaceFirst(""))
                        .findFirst();
            }

            @Override
            public void close() {
                if (open.compareAndSet(true, false)) {
                    giveBack();
                }
            }
        };
    }

    private void giveBack() {
        synchronized (this) {
            inUse--;
            lastUse = System.nanoTime();
        }
        placeFreed.run();
    }

    synchronized boolean isIdle() {
        return inUse == 0;
    }

    /** Since the last request ended, or since the start; zero while one is under way. */
    synchronized Duration idleFor() {
        return inUse > 0 ? Duration.ZERO : Duration.ofNanos(System.nanoTime() - lastUse);
    }

    Duration age() {
        return Duration.ofNanos(System.nanoTime() - started);
    }

    /** Waits; true when the process has ended. */
    boolean ended(Duration wait) throws InterruptedException {
        try {
            child.onExit().get(wait.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            throw new CompletionException(e.getCause());
        }
    }

    void stop() {
        child.stop(GRACE);
    }

    void kill(long resident) {
        killed = "used " + (resident >> 20) + " MiB, more than its " + (function.memoryCap() >> 20)
                + " MiB, and was killed";
        child.kill();
    }

    /** Gives the database back; only after the process has ended, since it may use it until then. */
    void release() {
        database.close();
    }

    private Optional<String> epitaph(Duration wait) {
        try {
            return ended(wait) ? Optional.of(function.name() + " " + epitaph()) : Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    /** Why it is no more. */
    String epitaph() {
        return killed != null
                ? killed
                : "ended with status " + child.onExit().join() + ": " + child.lastWords() + " (more in " + child.log()
                        + ")";
    }
}
