package dev.memoir.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/** The running runner, by its admin address. Nothing asked here wakes a function, unless its name says so. */
final class RunnerClient {
    private static final Duration TIMEOUT = Duration.ofSeconds(20);
    private final RunnerFile runner;

    private RunnerClient(RunnerFile runner) {
        this.runner = runner;
    }

    /** Empty when Memoir does not run for this library. */
    static Optional<RunnerClient> find(Installation installation) {
        return RunnerFile.read(installation.runnerFile()).map(RunnerClient::new).filter(RunnerClient::answers);
    }

    /** @throws Failure when Memoir does not run */
    static RunnerClient require(Installation installation) {
        return find(installation).orElseThrow(Failure::notRunning);
    }

    /** A process number may have been given to another program since; only the runner knows its token. */
    private boolean answers() {
        try {
            return Http.send("GET", at("/status"), runner.adminToken(), Optional.empty(), TIMEOUT)
                    .ok();
        } catch (IOException e) {
            return false;
        }
    }

    RunnerFile runner() {
        return runner;
    }

    Status status() {
        return new Status(ask("GET", "/status"));
    }

    void stop() {
        ask("POST", "/stop");
    }

    /** Starts a sweep (wakes the database). @return the job's number, for {@link #job} */
    String sweep() {
        return ask("POST", "/sweep").path("id").asText();
    }

    JsonNode job(String id) {
        return ask("GET", "/jobs/" + encode(id));
    }

    JsonNode deadLetters() {
        return ask("GET", "/dead");
    }

    JsonNode replayDead(Optional<Long> id) {
        return ask("POST", "/dead/replay" + id.map(i -> "?id=" + i).orElse(""));
    }

    JsonNode dropDead(Optional<Long> id) {
        return ask("POST", "/dead/drop" + id.map(i -> "?id=" + i).orElse(""));
    }

    /** @return a bearer token that opens GraphQL as this person */
    String token(String user, Duration validity) {
        return ask("POST", "/token?user=" + encode(user) + "&hours=" + Math.max(1, validity.toHours()))
                .path("token")
                .asText();
    }

    private JsonNode ask(String method, String path) {
        try {
            Http.Answer answer = Http.send(method, at(path), runner.adminToken(), Optional.empty(), TIMEOUT);
            if (!answer.ok()) {
                throw Failure.failed(
                        "Memoir refused " + path + " (" + answer.status() + "): " + reason(answer.body()),
                        "See ./memoir logs runner");
            }
            return answer.body().isBlank() ? Json.object() : Json.parse(answer.body());
        } catch (IOException e) {
            throw Failure.failed(
                    "Memoir runs (process " + runner.pid() + ") but did not answer " + path + ": " + e.getMessage(),
                    "See ./memoir logs runner",
                    e);
        }
    }

    /** The {@code error} of a JSON answer, or what it is. */
    private static String reason(String body) {
        try {
            return Json.parse(body).path("error").asText(body);
        } catch (IOException e) {
            return body;
        }
    }

    private URI at(String path) {
        return URI.create(runner.admin() + path);
    }

    private static String encode(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }
}
