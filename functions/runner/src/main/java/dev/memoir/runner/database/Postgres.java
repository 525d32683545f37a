package dev.memoir.runner.database;

import dev.memoir.runner.processes.Child;
import dev.memoir.runner.processes.Launch;
import dev.memoir.runner.processes.Processes;
import dev.memoir.runner.processes.Readiness;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A PostgreSQL of our own: data in one folder, loopback only, passwords by SCRAM, writes flushed to disk.
 *
 * @param programs folder with {@code initdb} and {@code postgres}
 * @param cluster its data
 * @param port on 127.0.0.1
 * @param processes starts it
 * @param wrapper what must stand before its programs, since they refuse to run as root
 */
public record Postgres(Path programs, Path cluster, int port, Processes processes, List<String> wrapper) {
    /** The superuser that the custodian's setup works as. */
    public static final String OWNER = "memoir";

    /** The one database. */
    public static final String DATABASE = "memoir";

    private static final Duration START = Duration.ofSeconds(60);
    private static final Duration STOP = Duration.ofSeconds(20);
    private static final Duration ORPHANS = Duration.ofSeconds(20);
    private static final Duration ASK_AGAIN = Duration.ofMillis(200);

    /** Small: a family's library, two or three functions with small pools, asleep most of the day. */
    private static final Map<String, String> SETTINGS = Map.ofEntries(
            Map.entry("listen_addresses", "127.0.0.1"),
            Map.entry("unix_socket_directories", ""),
            Map.entry("max_connections", "40"),
            Map.entry("shared_buffers", "64MB"),
            Map.entry("fsync", "on"),
            Map.entry("wal_level", "minimal"),
            Map.entry("max_wal_senders", "0"),
            Map.entry("min_wal_size", "32MB"),
            Map.entry("max_wal_size", "512MB"),
            Map.entry("jit", "off"),
            Map.entry("huge_pages", "off"),
            Map.entry("logging_collector", "off"),
            Map.entry("log_statement", "none"),
            Map.entry("log_min_error_statement", "panic"),
            Map.entry("log_parameter_max_length_on_error", "0"),
            Map.entry("timezone", "UTC"));

    /** @return the programs of {@code programs}, run as somebody who isn't root */
    public static Postgres of(Path programs, Path cluster, int port, Processes processes) throws IOException {
        return new Postgres(programs, cluster, port, processes, Unprivileged.wrapper());
    }

    /** Where the functions reach it. */
    public String jdbcUrl() {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + DATABASE;
    }

    /**
     * Makes the cluster if there is none: finished beside its place and moved there whole, so that a kill leaves nothing
     * half made.
     *
     * @param ownerPassword of {@link #OWNER}
     */
    void createIfMissing(String ownerPassword) throws IOException, InterruptedException {
        if (Files.exists(cluster.resolve("PG_VERSION"))) {
            return;
        }
        Path fresh = cluster.resolveSibling(cluster.getFileName() + ".new");
        delete(fresh);
        Path password = Files.createTempFile(cluster.getParent(), "owner", ".password");
        try {
            Files.writeString(password, ownerPassword);
            run(
                    "initdb",
                    List.of(
                            program("initdb"),
                            "-D",
                            fresh.toString(),
                            "--username=" + OWNER,
                            "--pwfile=" + password,
                            "--auth=scram-sha-256",
                            "--encoding=UTF8",
                            "--locale=C",
                            "--locale-provider=builtin",
                            "--builtin-locale=C.UTF-8",
                            "--no-instructions"),
                    "");
        } finally {
            Files.deleteIfExists(password);
        }
        run(
                "create database",
                List.of(program("postgres"), "--single", "-D", fresh.toString(), "postgres"),
                "CREATE DATABASE " + DATABASE + "\n");
        Files.move(fresh, cluster, StandardCopyOption.ATOMIC_MOVE);
    }

    /**
     * Returns when it answers. Sessions of a killed postmaster hold its memory for a moment after it; PostgreSQL refuses to
     * start beside them, and is asked again.
     */
    Child start() throws IOException, InterruptedException {
        forgetOtherProgramsNumber();
        long end = System.nanoTime() + ORPHANS.toNanos();
        while (true) {
            Child child = launch();
            try {
                Readiness.await(child, START, () -> isReady(child));
                return child;
            } catch (IOException e) {
                boolean orphans = !child.alive() && child.lastOutput().contains("pre-existing shared memory block");
                stop(child);
                if (!orphans || System.nanoTime() > end) {
                    throw e;
                }
                Thread.sleep(ASK_AGAIN);
            } catch (InterruptedException e) {
                child.kill();
                throw e;
            }
        }
    }

    private Child launch() throws IOException {
        List<String> command = new ArrayList<>(wrapper);
        command.addAll(List.of(program("postgres"), "-D", cluster.toString(), "-c", "port=" + port));
        SETTINGS.forEach((name, value) -> command.addAll(List.of("-c", name + "=" + value)));
        return processes.start(
                new Launch("database", command, Map.of(), cluster.getParent()).stoppedBy(Launch.Signal.INT));
    }

    /** Lets nobody wait: sessions end, everything is flushed, and the next start needs no recovery. */
    void stop(Child child) {
        child.stop(STOP);
    }

    /** What a postmaster before this one left in the file does not count. */
    private boolean isReady(Child child) throws IOException {
        Path file = cluster.resolve("postmaster.pid");
        List<String> lines = Files.exists(file) ? Files.readAllLines(file) : List.of();
        return lines.size() >= 8
                && lines.getFirst().strip().equals(Long.toString(child.pid()))
                && lines.get(7).strip().equals("ready");
    }

    /**
     * A killed postmaster leaves its file, and PostgreSQL itself sees that the process is gone and looks for its orphans.
     * Only when another program got the same number meanwhile it would refuse for ever.
     */
    private void forgetOtherProgramsNumber() throws IOException {
        Path file = cluster.resolve("postmaster.pid");
        if (!Files.exists(file)) {
            return;
        }
        boolean othersNumber = Files.readAllLines(file).stream()
                .findFirst()
                .flatMap(line -> ProcessHandle.of(Long.parseLong(line.strip())))
                .flatMap(process -> process.info().command())
                .filter(command -> !command.endsWith("postgres"))
                .isPresent();
        if (othersNumber) {
            Files.delete(file);
        }
    }

    private String program(String name) {
        return programs.resolve(name).toString();
    }

    private void run(String what, List<String> command, String input) throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(wrapper);
        all.addAll(command);
        ProcessBuilder builder = new ProcessBuilder(all).redirectErrorStream(true);
        builder.directory(cluster.getParent().toFile());
        builder.environment().put("LC_ALL", "C");
        Process process = builder.start();
        try (var stdin = process.outputWriter()) {
            stdin.write(input);
        }
        String output = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        if (!process.waitFor(2, TimeUnit.MINUTES)) {
            process.destroyForcibly();
            throw new IOException(what + " did not end within 2 minutes");
        }
        if (process.exitValue() != 0) {
            throw new IOException(what + " failed in " + cluster.getParent() + ": " + output.strip());
        }
    }

    private static void delete(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (var files = Files.walk(folder)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }
}
