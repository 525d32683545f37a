package dev.memoir.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What a runner that serves says of itself in {@code run/runner.json}.
 *
 * @param address the edge: GraphQL and pages
 * @param storeAddress the S3 address
 * @param addressHere the edge for commands on this machine, without TLS
 * @param storeAddressHere the same for S3
 * @param admin for this command only
 * @param adminToken opens {@code admin}
 * @param owner of what lies outside {@code users/}
 * @param house whether people log in by this house's own names
 */
record RunnerFile(
        long pid,
        URI address,
        URI storeAddress,
        URI addressHere,
        URI storeAddressHere,
        URI admin,
        String adminToken,
        String owner,
        boolean house) {

    /** Empty when no runner serves this library; one that was killed leaves its file behind, so the process is looked for. */
    static Optional<RunnerFile> read(Path file) {
        try {
            JsonNode json = Json.parse(Files.readString(file));
            RunnerFile found = new RunnerFile(
                    json.path("pid").asLong(),
                    URI.create(json.path("address").asText()),
                    URI.create(json.path("storeAddress").asText()),
                    here(json, "address"),
                    here(json, "storeAddress"),
                    URI.create(json.path("admin").asText()),
                    json.path("adminToken").asText(),
                    json.path("owner").asText("home"),
                    json.path("house").asBoolean());
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

    /** A runner that was started by an earlier version has one address for all. */
    private static URI here(JsonNode json, String address) {
        return URI.create(json.path(address + "Here").asText(json.path(address).asText()));
    }

    /** Whether others come to it without TLS: browsers keep much from such pages, unless they are on this machine. */
    boolean plainOnANetwork() {
        return "http".equals(address.getScheme())
                && !List.of("127.0.0.1", "localhost", "[::1]").contains(address.getHost());
    }

    boolean lives() {
        return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
    }

    @Override
    public String toString() {
        return "RunnerFile[" + pid + ", " + address + "]";
    }
}
