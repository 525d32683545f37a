package dev.memoir.runner.processes;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How a program is started.
 *
 * @param name of its log file and in messages
 * @param command program and arguments; never holds a secret, since everybody on a machine sees it
 * @param environment set on top of a few harmless variables of the runner's own
 * @param directory it runs in
 * @param stopSignal what asks it to stop
 * @param printed what becomes of its standard output; its errors always go to the log
 */
public record Launch(
        String name,
        List<String> command,
        Map<String, String> environment,
        Path directory,
        Signal stopSignal,
        Printed printed) {
    /** What a child may know of the runner's environment: no credentials, and none that slow a start down. */
    private static final Set<String> INHERITED = Set.of(
            "PATH",
            "HOME",
            "USER",
            "LANG",
            "LC_ALL",
            "TZ",
            "TMPDIR",
            "LD_LIBRARY_PATH",
            "CUDA_VISIBLE_DEVICES",
            "NVIDIA_VISIBLE_DEVICES",
            "NVIDIA_DRIVER_CAPABILITIES");

    /** PostgreSQL waits for its clients on TERM and only lets them go on INT. */
    public enum Signal {
        TERM,
        INT
    }

    /** What becomes of a program's standard output. */
    public enum Printed {
        LOGGED,
        /** It is for {@link Child#output}. */
        READ,
        /** It holds secrets. */
        DROPPED
    }

    public Launch {
        command = List.copyOf(command);
        environment = Map.copyOf(environment);
    }

    public Launch(String name, List<String> command, Map<String, String> environment, Path directory) {
        this(name, command, environment, directory, Signal.TERM, Printed.LOGGED);
    }

    /** The same program with more arguments before its own, such as {@code nice}. */
    public Launch behind(String... wrapper) {
        List<String> all = new ArrayList<>(List.of(wrapper));
        all.addAll(command);
        return new Launch(name, all, environment, directory, stopSignal, printed);
    }

    /** The same program with more environment. */
    public Launch with(Map<String, String> more) {
        Map<String, String> all = new HashMap<>(environment);
        all.putAll(more);
        return new Launch(name, command, all, directory, stopSignal, printed);
    }

    /** The same program under another name. */
    public Launch named(String other) {
        return new Launch(other, command, environment, directory, stopSignal, printed);
    }

    /** The same program with another use of its standard output. */
    public Launch printed(Printed use) {
        return new Launch(name, command, environment, directory, stopSignal, use);
    }

    /** The same program, stopped by another signal. */
    public Launch stoppedBy(Signal signal) {
        return new Launch(name, command, environment, directory, signal, printed);
    }

    ProcessBuilder builder() {
        ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
        builder.environment().keySet().retainAll(INHERITED);
        builder.environment().putAll(environment);
        return builder;
    }

    /** Without the environment, which holds secrets. */
    @Override
    public String toString() {
        return name + " " + command;
    }
}
