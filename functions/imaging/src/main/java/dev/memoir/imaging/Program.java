package dev.memoir.imaging;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;

/** Runs a program on a file that may be hostile: bounded in time and in what it says, and without our environment. */
final class Program {
    private final Path path;

    Program(Path path) {
        this.path = path;
    }

    /**
     * @param exit its code; 124 when it was stopped because its time was over
     * @param output the first bytes of its standard output
     * @param complaint the first lines of its standard error
     */
    record Result(int exit, String output, String complaint) {
        boolean ok() {
            return exit == 0;
        }
    }

    /** @throws UncheckedIOException when it can't be started */
    Result run(List<String> arguments, Duration limit, int mostOutput) {
        List<String> command = new ArrayList<>();
        command.add(path.toString());
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command);
        Map<String, String> environment = builder.environment();
        String search = environment.getOrDefault("PATH", "/usr/bin:/bin");
        environment.clear();
        environment.put("PATH", search);
        // Its libraries lie beside it where it is not the system's.
        environment.put("LD_LIBRARY_PATH", path.toAbsolutePath().getParent().toString());
        Process process;
        try {
            process = builder.start();
            process.getOutputStream().close();
        } catch (IOException e) {
            throw new UncheckedIOException("starting " + path + " failed; memoir doctor says how to mend it", e);
        }
        FutureTask<String> output = reading(process.getInputStream(), mostOutput);
        FutureTask<String> complaint = reading(process.getErrorStream(), 4000);
        try {
            boolean ended = process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
            if (!ended) {
                destroy(process);
            }
            return new Result(ended ? process.exitValue() : 124, output.get(), complaint.get());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while " + path.getFileName() + " ran", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } finally {
            destroy(process);
        }
    }

    private static void destroy(Process process) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }

    /** Reads to the end, so that the program never waits for us, and keeps the beginning. */
    private static FutureTask<String> reading(InputStream stream, int most) {
        FutureTask<String> task = new FutureTask<>(() -> {
            try (stream) {
                byte[] kept = stream.readNBytes(most);
                stream.transferTo(java.io.OutputStream.nullOutputStream());
                return new String(kept, StandardCharsets.UTF_8);
            } catch (IOException e) {
                return "";
            }
        });
        Thread.ofVirtual().start(task);
        return task;
    }
}
