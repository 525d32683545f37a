package dev.memoir.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.memoir.house.Rights;
import dev.memoir.media.Scope;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
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

    /** Compares what people decided in the bucket with the database. @return the job's number */
    String checkRebuild() {
        return ask("POST", "/rebuild/check").path("id").asText();
    }

    /** Has faces looked for, or all that was learnt of them erased. @return the job's number */
    String faces(boolean wanted, boolean names) {
        return ask("POST", "/faces?wanted=" + (wanted ? "on" : "off") + (names ? "&names=true" : ""))
                .path("id")
                .asText();
    }

    /** Says anew whose all faces are. @return the job's number */
    String people() {
        return ask("POST", "/people").path("id").asText();
    }

    /** As {@link #people}, and what was erased is cleared out of the database's files. @return the job's number */
    String peopleCleared() {
        return ask("POST", "/people/clear").path("id").asText();
    }

    /** Writes all that is known of a person into a folder. @return the job's number */
    String exportPerson(String person, Path folder) {
        return ask("POST", "/people/export?person=" + encode(person) + "&to=" + encode(folder.toString()))
                .path("id")
                .asText();
    }

    /** @param most zero ends a pause */
    void pause(String function, Duration most) {
        ask("POST", "/pause?function=" + function + "&seconds=" + most.toSeconds());
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

    /**
     * @param rights that the person has; empty: of somebody of the family
     * @return a bearer token that opens GraphQL as this person
     */
    String token(String user, Duration validity, Optional<Rights> rights, Scope scope) {
        String who = "/token?user=" + encode(user) + "&hours=" + Math.max(1, validity.toHours());
        String may = rights.map(given -> "&groups=" + encode(String.join(",", given.groups())) + "&adult="
                        + "true".equals(given.attributes().get(Rights.ADULT)))
                .orElse("");
        String narrowed = scope == Scope.ADMIN ? "" : "&scope=" + scope.token();
        return ask("POST", who + may + narrowed).path("token").asText();
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
