package dev.memoir.operator;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The testbed's helm, else the one on the path. */
final class Helm {
    static final Path CHART =
            Path.of("../charts/memoir-operator").toAbsolutePath().normalize();

    private Helm() {}

    /** What it printed, and how it ended. */
    record Ran(int exitCode, String out, String err) {}

    static Ran helm(List<String> arguments) throws IOException, InterruptedException {
        String testbed = System.getenv("MEMOIR_TESTBED_COMMAND");
        List<String> command = new ArrayList<>(testbed == null ? List.of("helm") : List.of(testbed, "helm"));
        command.addAll(arguments);
        File err = File.createTempFile("helm", ".err");
        try {
            Process process = new ProcessBuilder(command).redirectError(err).start();
            String out = new String(process.getInputStream().readAllBytes());
            return new Ran(process.waitFor(), out, Files.readString(err.toPath()));
        } finally {
            Files.delete(err.toPath());
        }
    }

    /** The chart's objects for a cluster with Knative, or without. */
    static Ran template(String release, String namespace, boolean knative, String... more)
            throws IOException, InterruptedException {
        List<String> arguments = new ArrayList<>(
                List.of("template", release, CHART.toString(), "--namespace", namespace, "--kube-version", "1.37.2"));
        if (knative) {
            arguments.addAll(List.of("--api-versions", "serving.knative.dev/v1"));
        }
        arguments.addAll(List.of(more));
        return helm(arguments);
    }
}
