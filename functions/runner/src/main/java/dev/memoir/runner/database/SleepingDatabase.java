package dev.memoir.runner.database;

import dev.memoir.runner.processes.Backoff;
import dev.memoir.runner.processes.Child;
import dev.memoir.runner.processes.ProcessMemory;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;

/**
 * One {@link Postgres}, started for the first holder and stopped when nobody has held it for a while. If it dies while
 * somebody holds it, it is started again.
 */
public final class SleepingDatabase implements Lease {
    private static final Logger LOG = System.getLogger(SleepingDatabase.class.getName());

    /** What a person is told of it. */
    public enum State {
        ASLEEP,
        WAKING,
        AWAKE,
        DOWN
    }

    private final Postgres postgres;
    private final String ownerPassword;
    private final Duration linger;
    private final ReentrantLock lock = new ReentrantLock();
    private Child child;
    private int holders;
    private long releases;
    private int failures;
    private boolean closed;
    private volatile State state = State.ASLEEP;
    private volatile String trouble;

    /** @param linger how long it stays awake after its last holder has gone */
    public SleepingDatabase(Postgres postgres, String ownerPassword, Duration linger) {
        this.postgres = postgres;
        this.ownerPassword = ownerPassword;
        this.linger = linger;
    }

    @Override
    public Held acquire() throws DatabaseDown, InterruptedException {
        lock.lockInterruptibly();
        try {
            wake();
            holders++;
        } finally {
            lock.unlock();
        }
        AtomicBoolean open = new AtomicBoolean(true);
        return () -> {
            if (open.compareAndSet(true, false)) {
                release();
            }
        };
    }

    private void wake() throws DatabaseDown, InterruptedException {
        if (closed) {
            throw new DatabaseDown("the runner is stopping", null);
        }
        if (child != null && child.alive()) {
            return;
        }
        state = State.WAKING;
        try {
            postgres.createIfMissing(ownerPassword);
            Child fresh = postgres.start();
            child = fresh;
            failures = 0;
            trouble = null;
            state = State.AWAKE;
            fresh.onExit()
                    .thenRun(() -> Thread.ofVirtual().name("database-ended").start(() -> ended(fresh)));
        } catch (IOException e) {
            state = State.DOWN;
            failures++;
            trouble = e.getMessage();
            LOG.log(Level.ERROR, "the database does not start: {0}", e.getMessage());
            throw new DatabaseDown("the database does not start: " + e.getMessage(), e);
        }
    }

    private void release() {
        long mine;
        lock.lock();
        try {
            holders--;
            mine = ++releases;
            if (holders > 0 || child == null) {
                return;
            }
        } finally {
            lock.unlock();
        }
        Thread.ofVirtual().name("database-linger").start(() -> sleepUnlessHeld(mine));
    }

    private void sleepUnlessHeld(long release) {
        try {
            Thread.sleep(linger);
        } catch (InterruptedException e) {
            return;
        }
        lock.lock();
        try {
            if (holders == 0 && releases == release) {
                stopNow();
            }
        } finally {
            lock.unlock();
        }
    }

    private void stopNow() {
        Child stopping = child;
        child = null;
        if (stopping != null) {
            postgres.stop(stopping);
        }
        state = State.ASLEEP;
        // The last to fall asleep. Nothing is allocated from now on, so nothing else would give the heap's garbage
        // back.
        System.gc();
    }

    /** Runs when the process has ended, whoever wanted that. */
    private void ended(Child which) {
        try {
            while (startAgain(which)) {
                Thread.sleep(Backoff.USUAL.after(failures + 1));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** @return whether to try once more */
    private boolean startAgain(Child which) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            if (child != which || closed) {
                return false;
            }
            if (holders == 0) {
                child = null;
                state = State.ASLEEP;
                return false;
            }
            LOG.log(Level.WARNING, "the database ended while in use ({0}); starting it again", which.lastWords());
            wake();
            return false;
        } catch (DatabaseDown stillDown) {
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Stops it, whoever still holds it, and starts it never again. */
    public void close() {
        lock.lock();
        try {
            closed = true;
            stopNow();
        } finally {
            lock.unlock();
        }
    }

    public State state() {
        return state;
    }

    /** Why it does not start; empty when it does. */
    public Optional<String> trouble() {
        return Optional.ofNullable(trouble);
    }

    /** Bytes that it and its sessions use in all; 0 when asleep. */
    public long memoryBytes() {
        Child now = child;
        return now == null ? 0 : ProcessMemory.proportionalOfTree(now.pid());
    }
}
