package dev.memoir.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Another of our programs, run to its end in a process of its own: a crash in a native library is then only a message. */
record ChildProgram(List<String> jvm, List<String> arguments, Map<String, String> environment) {

    /** What it printed and how it ended. */
    record Ended(int exitCode, String out, String err) {
        /** 128 + the signal's number, as shells say it; SIGABRT and SIGSEGV are a native library's crash. */
        boolean crashed() {
            return exitCode == 134 || exitCode == 139;
        }
    }

    /** @throws Failure when it could not be started */
    Ended run() {
        ProcessBuilder builder = builder();
        try {
            Path err = Files.createTempFile("memoir-", ".err");
            try {
                Process process = builder.redirectError(err.toFile()).start();
                process.getOutputStream().close();
                String out = new String(process.getInputStream().readAllBytes());
                return new Ended(process.waitFor(), out, Files.readString(err));
            } finally {
                Files.delete(err);
            }
        } catch (IOException e) {
            throw Failure.failed("A program could not be run: " + e.getMessage(), "See ./memoir doctor", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Failure.failed("Interrupted.", "Run the command again.", e);
        }
    }

    /** Runs it with this program's own input and output. @return its exit code */
    int runInTheOpen() {
        try {
            return builder().inheritIO().start().waitFor();
        } catch (IOException e) {
            throw Failure.failed("A program could not be run: " + e.getMessage(), "See ./memoir doctor", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Failure.failed("Interrupted.", "Run the command again.", e);
        }
    }

    private ProcessBuilder builder() {
        List<String> command = new ArrayList<>();
        command.add(Installation.java().toString());
        command.addAll(jvm);
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().putAll(environment);
        return builder;
    }
}
