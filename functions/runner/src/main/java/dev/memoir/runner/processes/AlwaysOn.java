package dev.memoir.runner.processes;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/** A part that runs as long as the runner does: started again, with growing pauses, whenever it ends. */
public final class AlwaysOn {
    private static final Logger LOG = System.getLogger(AlwaysOn.class.getName());
    private static final Duration HEALTHY = Duration.ofSeconds(30);

    /** Whether a started part serves; throws when it never will. */
    public interface Readiness {
        void await(Child child) throws IOException, InterruptedException;
    }

    private final Processes processes;
    private final Launch launch;
    private final Readiness readiness;
    private final Consumer<Duration> cameBack;
    private final Backoff backoff = Backoff.USUAL;
    private final ReentrantLock lock = new ReentrantLock();
    private Child child;
    private Thread keeper;
    private boolean stopped;
    private String trouble;

    /** @param cameBack told, when the part serves again, how long it was away */
    public AlwaysOn(Processes processes, Launch launch, Readiness readiness, Consumer<Duration> cameBack) {
        this.processes = processes;
        this.launch = launch;
        this.readiness = readiness;
        this.cameBack = cameBack;
    }

    /** Starts the part and returns when it serves. */
    public void start() throws IOException, InterruptedException {
        startOnce();
        keeper = Thread.ofVirtual().name("keep-" + launch.name()).start(this::keep);
    }

    private void startOnce() throws IOException, InterruptedException {
        Child fresh;
        lock.lock();
        try {
            if (stopped) {
                throw new InterruptedException("stopped");
            }
            fresh = processes.start(launch);
            child = fresh;
        } finally {
            lock.unlock();
        }
        try {
            readiness.await(fresh);
        } catch (IOException e) {
            fresh.kill();
            throw e;
        }
        trouble(null);
    }

    private void keep() {
        int failures = 0;
        try {
            while (true) {
                Instant since = Instant.now();
                int status = current().onExit().join();
                if (isStopped()) {
                    return;
                }
                Instant ended = Instant.now();
                failures = Duration.between(since, Instant.now()).compareTo(HEALTHY) > 0 ? 1 : failures + 1;
                trouble("ended with status " + status + ": " + current().lastWords());
                LOG.log(
                        Level.WARNING,
                        "{0} {1}; starting it again",
                        launch.name(),
                        trouble().orElse(""));
                failures = restart(failures);
                cameBack.accept(Duration.between(ended, Instant.now()));
            }
        } catch (InterruptedException stopping) {
            // the runner ends
        }
    }

    private int restart(int failures) throws InterruptedException {
        int count = failures;
        while (true) {
            Thread.sleep(backoff.after(count));
            try {
                startOnce();
                return count;
            } catch (IOException e) {
                count++;
                trouble(e.getMessage());
                LOG.log(Level.WARNING, "{0} does not start: {1}", launch.name(), e.getMessage());
            }
        }
    }

    /** Ends its process, so that another is started. */
    public void renew(Duration grace) {
        current().stop(grace);
    }

    /** Ends the part for good. */
    public void stop(Duration grace) {
        lock.lock();
        try {
            stopped = true;
        } finally {
            lock.unlock();
        }
        if (keeper != null) {
            keeper.interrupt();
        }
        if (child != null) {
            child.stop(grace);
        }
    }

    /** Its process at present; 0 when it isn't running. */
    public long pid() {
        lock.lock();
        try {
            return child != null && child.alive() ? child.pid() : 0;
        } finally {
            lock.unlock();
        }
    }

    public String name() {
        return launch.name();
    }

    /** Why it isn't serving; empty when it is. */
    public Optional<String> trouble() {
        lock.lock();
        try {
            return Optional.ofNullable(trouble);
        } finally {
            lock.unlock();
        }
    }

    private void trouble(String message) {
        lock.lock();
        try {
            trouble = message;
        } finally {
            lock.unlock();
        }
    }

    private Child current() {
        lock.lock();
        try {
            return child;
        } finally {
            lock.unlock();
        }
    }

    private boolean isStopped() {
        lock.lock();
        try {
            return stopped;
        } finally {
            lock.unlock();
        }
    }
}
