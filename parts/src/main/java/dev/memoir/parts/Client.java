package dev.memoir.parts;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Runs other programs: the registry clients as this machine has them set up. What a failed one said goes into the error,
 * since only it knows whether the network, a proxy or the disk was the reason.
 */
final class Client {
    private static final int KEPT_LINES = 15;

    /** As pip, npm, Go and Maven say it. */
    private static final Pattern NO_WAY = Pattern.compile(
            "(?i)name resolution|could not resolve host|unknown ?host"
                    + "|no such host|server misbehaving|ENOTFOUND|EAI_AGAIN|network is unreachable|connection refused|dial (?:tcp|udp)");

    private static final String WHAT_THAT_MEANS =
            "\nThe network does not reach it. It is needed once on a machine (or a"
                    + " mirror in the settings of pip, npm, Go and Maven); what is here already stays, and the same command goes on.";

    private Client() {}

    /** @return what it printed on standard output */
    static String run(String purpose, Path folder, Map<String, String> environment, List<String> command) {
        Path said = null;
        try {
            said = Files.createTempFile(folder, ".said", ".txt");
            ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
            builder.environment().putAll(environment);
            builder.redirectError(said.toFile());
            Process process = builder.start();
            process.getOutputStream().close();
            String output;
            try {
                output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
                int status = process.waitFor();
                if (status == 0) {
                    return output;
                }
                String lines = lastLines(output, Files.readString(said));
                throw new PartsException(purpose + " failed: `" + shown(command) + "` ended with status " + status
                        + ". It said:\n" + lines + (NO_WAY.matcher(lines).find() ? WHAT_THAT_MEANS : ""));
            } finally {
                process.destroy();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PartsException(purpose + " was interrupted", e);
        } catch (IOException e) {
            throw new PartsException(
                    purpose + " failed: `" + command.getFirst() + "` could not be run (" + e.getMessage()
                            + "). See what is missing: memoir doctor",
                    e);
        } finally {
            Folders.delete(said);
        }
    }

    /** The program that a shell would find by this name. */
    static Optional<Path> find(String program) {
        String path = System.getenv().getOrDefault("PATH", "");
        return Stream.of(path.split(":"))
                .filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder, program))
                .filter(Files::isExecutable)
                .filter(Files::isRegularFile)
                .findFirst();
    }

    private static String shown(List<String> command) {
        return String.join(" ", command);
    }

    private static String lastLines(String output, String errors) {
        List<String> lines = Stream.concat(output.lines(), errors.lines())
                .filter(line -> !line.isBlank())
                .toList();
        List<String> kept = lines.subList(Math.max(0, lines.size() - KEPT_LINES), lines.size());
        return kept.isEmpty() ? "  (nothing)" : "  " + String.join("\n  ", kept);
    }
}
