package dev.memoir.runner.rehearsal;

import dev.memoir.runner.database.DatabaseDown;
import dev.memoir.runner.database.Lease;
import dev.memoir.runner.local.Machine;
import dev.memoir.runner.processes.Child;
import dev.memoir.runner.processes.Launch;
import dev.memoir.runner.processes.Ports;
import dev.memoir.runner.processes.Readiness;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;

/**
 * Makes the missing AOT caches, one after the other, at low priority and only while nothing else is going on: each program
 * is started once more, does real work, and writes its cache when it ends.
 */
public final class Rehearsal {
    private static final Logger LOG = System.getLogger(Rehearsal.class.getName());
    private static final Duration LOOK = Duration.ofSeconds(2);
    private static final Duration START = Duration.ofMinutes(3);
    private static final Duration WRITE = Duration.ofMinutes(5);

    /** A part of the play: a function, and the work that it rehearses. */
    record Role(String name, Cache cache, Launch launch, Script script) {}

    /** Sends real requests to a program that serves. */
    interface Script {
        void play(URI address) throws IOException, InterruptedException;
    }

    private final Machine machine;
    private final Map<String, Role> roles = new LinkedHashMap<>();
    private final BooleanSupplier quiet;
    private final boolean wanted;
    private volatile String state;
    private Thread stage;

    /**
     * @param quiet whether nothing else is going on
     * @param wanted false: caches that are there are used, none is made
     */
    public Rehearsal(Machine machine, List<Role> roles, BooleanSupplier quiet, boolean wanted) {
        this.machine = machine;
        roles.forEach(role -> this.roles.put(role.name(), role));
        this.quiet = quiet;
        this.wanted = wanted;
        this.state = wanted ? "waiting" : "off";
    }

    /** Makes those that are missing now, and returns when that is done. */
    void now() throws InterruptedException {
        for (Role role : roles.values()) {
            if (!role.cache().fits()) {
                rehearse(role);
            }
        }
    }

    public void start() {
        if (wanted) {
            stage = Thread.ofVirtual().name("rehearsal").start(this::run);
        }
    }

    public void stop() {
        if (stage != null) {
            stage.interrupt();
            try {
                stage.join(Duration.ofSeconds(20));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** {@code off}, {@code waiting}, {@code rehearsing NAME} or {@code done}. */
    public String state() {
        return state;
    }

    /** Whether the program's cache is there and fits. */
    public boolean rehearsed(String name) {
        return roles.containsKey(name) && roles.get(name).cache().fits();
    }

    private void run() {
        try {
            now();
            state = "done";
        } catch (InterruptedException stopping) {
            state = "stopped";
        }
    }

    private void rehearse(Role role) throws InterruptedException {
        boolean interruptedByWork = true;
        while (interruptedByWork) {
            state = "waiting";
            while (!quiet.getAsBoolean()) {
                Thread.sleep(LOOK);
            }
            state = "rehearsing " + role.name();
            try {
                role.cache().discardFresh();
                interruptedByWork = !attempt(role);
            } catch (IOException e) {
                LOG.log(
                        Level.WARNING,
                        "{0} could not be rehearsed, so its starts stay slow: {1}",
                        role.name(),
                        e.getMessage());
                return;
            } finally {
                role.cache().discardFresh();
            }
        }
        LOG.log(Level.INFO, "{0} is rehearsed", role.name());
    }

    /** @return false when other work came in between */
    private boolean attempt(Role role) throws IOException, InterruptedException {
        Child child = null;
        try (Lease.Held _ = machine.database().acquire()) {
            int port = Ports.free();
            child = machine.processes()
                    .start(role.launch().behind("nice", "-n", "15").with(Map.of("PORT", Integer.toString(port))));
            Readiness.http(child, port, "/ready", START);
            role.script().play(URI.create("http://127.0.0.1:" + port));
            if (!endsUndisturbed(child)) {
                return false;
            }
        } catch (DatabaseDown e) {
            throw new IOException(e.getMessage(), e);
        } finally {
            if (child != null) {
                child.kill();
            }
        }
        if (!role.cache().adopt()) {
            throw new IOException("it ended without writing a cache: " + child.lastWords());
        }
        return true;
    }

    /** The JVM writes the cache while it ends; that takes a while and is given up when somebody needs the machine. */
    private boolean endsUndisturbed(Child child) throws IOException, InterruptedException {
        child.terminate();
        long end = System.nanoTime() + WRITE.toNanos();
        while (System.nanoTime() < end) {
            try {
                child.onExit().get(500, TimeUnit.MILLISECONDS);
                return true;
            } catch (TimeoutException stillWriting) {
                if (!quiet.getAsBoolean()) {
                    return false;
                }
            } catch (ExecutionException e) {
                throw new IOException(e.getCause());
            }
        }
        throw new IOException("writing the cache took longer than " + WRITE.toMinutes() + " minutes");
    }
}
