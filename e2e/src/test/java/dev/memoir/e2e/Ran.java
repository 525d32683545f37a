package dev.memoir.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The real command of this checkout, as it ended. */
record Ran(List<String> arguments, int exitCode, String out, String err) {
    static final Path CHECKOUT = Path.of(System.getProperty("memoir.checkout", ".."))
            .toAbsolutePath()
            .normalize();

    private static final Duration LIMIT = Duration.ofMinutes(5);
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Started, not ended yet. */
    record Running(List<String> arguments, Process process, Path out, Path err) {
        Ran finish() {
            try {
                if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                    process.destroyForcibly();
                    throw new AssertionError(arguments + " took longer than " + LIMIT + ":\n" + Files.readString(err));
                }
                return new Ran(arguments, process.exitValue(), Files.readString(out), Files.readString(err));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new AssertionError(e);
            }
        }
    }

    /** @param scratch folder for what it prints */
    static Running start(Path scratch, List<String> arguments) {
        List<String> command =
                new ArrayList<>(List.of(CHECKOUT.resolve("memoir").toString()));
        command.addAll(arguments);
        return startProgram(scratch, command, Map.of());
    }

    /** Any program, such as one that puts something between a person and the command. */
    static Running startProgram(Path scratch, List<String> command, Map<String, String> environment) {
        try {
            Path out = Files.createTempFile(scratch, "out", ".txt");
            Path err = Files.createTempFile(scratch, "err", ".txt");
            ProcessBuilder builder = new ProcessBuilder(command)
                    .redirectInput(Path.of("/dev/null").toFile())
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile());
            builder.environment().remove("MEMOIR_DATA");
            builder.environment().putAll(environment);
            return new Running(List.copyOf(command), builder.start(), out, err);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Ran mustSucceed() {
        return mustEndWith(0);
    }

    Ran mustEndWith(int expected) {
        assertEquals(expected, exitCode, () -> String.join(" ", arguments) + "\n" + out + err);
        return this;
    }

    JsonNode json() {
        try {
            return JSON.readTree(out);
        } catch (JsonProcessingException e) {
            throw new AssertionError(String.join(" ", arguments) + " printed no JSON:\n" + out + err, e);
        }
    }
}
