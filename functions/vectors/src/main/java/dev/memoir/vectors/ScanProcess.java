package dev.memoir.vectors;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.lang.module.ModuleFinder;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A process that scans, since the functions themselves run without C2. It is started by the first call, or ahead, and again
 * after it ended; when this process ends its input does, and so it ends, too. Safe for many threads, one of which is
 * answered at a time.
 */
public final class ScanProcess implements AutoCloseable {
    static final String VECTOR_MODULE = "jdk.incubator.vector";

    private static final long PATIENCE_SECONDS = 5;

    private Process process;
    private DataOutputStream questions;
    private DataInputStream answers;

    /**
     * Has a file scanned: see {@link Scan#best}.
     *
     * @throws IOException when the process can't be started or ends, or can't read the file
     */
    public synchronized List<Found> best(Path file, Quantised query, int most, Optional<Found> after)
            throws IOException {
        start();
        try {
            Wire.write(questions, new Wire.Question(file.toString(), query, most, after));
            questions.flush();
            return Wire.readAnswer(answers);
        } catch (IOException e) {
            if (!process.isAlive()) {
                close();
            }
            throw new IOException("the scan failed: " + e.getMessage(), e);
        }
    }

    /** Starts it unless it runs; returns at once, while it gets warm. */
    public synchronized void start() throws IOException {
        if (process != null && process.isAlive()) {
            return;
        }
        ProcessBuilder builder = new ProcessBuilder(command()).redirectError(ProcessBuilder.Redirect.INHERIT);
        // It needs nothing of what this process is told, secrets among it.
        builder.environment().clear();
        process = builder.start();
        questions = new DataOutputStream(new BufferedOutputStream(process.getOutputStream()));
        answers = new DataInputStream(new BufferedInputStream(process.getInputStream()));
    }

    private static List<String> command() {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:-UsePerfData",
                "-Xmx64m"));
        if (ModuleFinder.ofSystem().find(VECTOR_MODULE).isPresent()) {
            command.addAll(List.of("--add-modules", VECTOR_MODULE));
        }
        command.addAll(List.of("-cp", ownJar(), ScanMain.class.getName()));
        return command;
    }

    private static String ownJar() {
        try {
            return Path.of(ScanProcess.class
                            .getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .toString();
        } catch (URISyntaxException e) {
            throw new IllegalStateException("where this program's jar is can't be found out", e);
        }
    }

    @Override
    public synchronized void close() {
        if (process == null) {
            return;
        }
        try {
            questions.close();
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (IOException e) {
            process.destroyForcibly();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        process = null;
    }
}
