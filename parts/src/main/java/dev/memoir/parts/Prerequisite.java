package dev.memoir.parts;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A registry client that the machine must have as long as a part is missing that comes by it; so its lack alone doesn't
 * keep Memoir from running.
 *
 * @param program as a shell finds it
 * @param ask prints a version; empty: any will do
 * @param version the least that will do, as major and minor number
 * @param cost of its lack
 * @param command mends it
 */
record Prerequisite(String program, List<String> ask, Version version, String cost, String command) {
    static final Prerequisite MAVEN =
            any("mvn", "Memoir cannot be built; PostgreSQL and ffmpeg cannot be got", "apt-get install maven");
    static final Prerequisite NPM = any("npm", "libvips and a sample cannot be got", "apt-get install npm");
    /** What the go.mod of the pinned programs ask for. A newer Go than Debian's may be needed, hence no apt-get. */
    static final Prerequisite GO = new Prerequisite(
            "go",
            List.of("go", "version"),
            new Version(1, 26),
            "versitygw and nats-server cannot be built",
            "install Go 1.26 or newer, or set GOTOOLCHAIN=auto for a Go that can get newer ones itself");
    /** What the pinned numpy and onnx ask for. */
    static final Prerequisite PYTHON = new Prerequisite(
            "python3",
            List.of("python3", "--version"),
            new Version(3, 11),
            "models and samples cannot be got",
            "apt-get install python3 python3-venv python3-pip");

    private static final Pattern VERSION = Pattern.compile("(\\d+)\\.(\\d+)(?:\\.\\d+)?");

    record Version(int major, int minor) implements Comparable<Version> {
        @Override
        public int compareTo(Version other) {
            return major != other.major ? Integer.compare(major, other.major) : Integer.compare(minor, other.minor);
        }

        @Override
        public String toString() {
            return major + "." + minor;
        }
    }

    private static Prerequisite any(String program, String cost, String command) {
        return new Prerequisite(program, List.of(), new Version(0, 0), cost, command);
    }

    Finding examine() {
        Optional<Path> path = Client.find(program);
        if (path.isEmpty()) {
            return Finding.missing(program, cost, command, false);
        }
        Optional<Version> found = versionIn(said());
        String what =
                found.map(number -> number + " " + path.get()).orElse(path.get().toString());
        return found.isPresent() && found.get().compareTo(version) < 0
                ? Finding.limited(program, what, "older than " + version + ": " + cost, command)
                : Finding.found(program, what);
    }

    /** The first number with a dot. */
    static Optional<Version> versionIn(String text) {
        Matcher number = VERSION.matcher(text);
        return number.find()
                ? Optional.of(new Version(Integer.parseInt(number.group(1)), Integer.parseInt(number.group(2))))
                : Optional.empty();
    }

    private String said() {
        if (ask.isEmpty()) {
            return "";
        }
        try {
            Process process = new ProcessBuilder(ask).redirectErrorStream(true).start();
            process.getOutputStream().close();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return process.waitFor(10, TimeUnit.SECONDS) ? said : "";
        } catch (IOException e) {
            return "";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "";
        }
    }
}
