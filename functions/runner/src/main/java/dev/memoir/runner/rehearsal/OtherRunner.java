package dev.memoir.runner.rehearsal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.memoir.runner.local.DataFolder;
import io.vertx.core.http.HttpMethod;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Optional;

/** What a runner does first: it refuses strangers, wakes a function for those it knows, and says how it is. */
record OtherRunner(DataFolder folder, Http http) {
    private static final Duration APPEARS = Duration.ofSeconds(30);
    private static final int ROUNDS = 10;

    void play(URI address) throws IOException, InterruptedException {
        JsonNode runner = runnerFile();
        URI admin = URI.create(runner.path("admin").asText());
        Optional<String> adminToken = Optional.of(runner.path("adminToken").asText());
        String token = http.send(
                        HttpMethod.POST, admin.resolve("/token?user=rehearsal&hours=1"), adminToken, Optional.empty())
                .path("token")
                .asText();
        for (int round = 0; round < ROUNDS; round++) {
            http.send(HttpMethod.GET, address.resolve("/"), Optional.empty(), Optional.empty());
            http.ask(address, "nobody", "{__typename}", Optional.empty());
            http.ask(address, token, "{__typename}", Optional.empty());
            http.send(HttpMethod.GET, admin.resolve("/status"), adminToken, Optional.empty());
            http.send(HttpMethod.GET, admin.resolve("/dead"), adminToken, Optional.empty());
        }
    }

    /** Written a moment after it listens. */
    private JsonNode runnerFile() throws IOException, InterruptedException {
        long end = System.nanoTime() + APPEARS.toNanos();
        while (!Files.exists(folder.runnerFile())) {
            if (System.nanoTime() > end) {
                throw new IOException("there is no " + folder.runnerFile());
            }
            Thread.sleep(20);
        }
        return new ObjectMapper().readTree(folder.runnerFile().toFile());
    }
}
