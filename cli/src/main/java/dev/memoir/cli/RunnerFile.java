package dev.memoir.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What a runner that serves says of itself in {@code run/runner.json}.
 *
 * @param address the edge: GraphQL and pages
 * @param storeAddress the S3 address
 * @param admin for this command only
 * @param adminToken opens {@code admin}
 */
record RunnerFile(long pid, URI address, URI storeAddress, URI admin, String adminToken) {

    /** Empty when no runner serves this library; one that was killed leaves its file behind, so the process is looked for. */
    static Optional<RunnerFile> read(Path file) {
        try {
            JsonNode json = Json.parse(Files.readString(file));
            RunnerFile found = new RunnerFile(
                    json.path("pid").asLong(),
                    URI.create(json.path("address").asText()),
                    URI.create(json.path("storeAddress").asText()),
                    URI.create(json.path("admin").asText()),
                    json.path("adminToken").asText());
            return Optional.of(found).filter(RunnerFile::lives);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException | IllegalArgumentException e) {
            throw Failure.failed(
                    "The note of the running Memoir, " + file + ", cannot be read: " + e.getMessage(),
                    "If no Memoir runs, remove that file and try again.",
                    e);
        }
    }

    boolean lives() {
        return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
    }

    @Override
    public String toString() {
        return "RunnerFile[" + pid + ", " + address + "]";
    }
}
