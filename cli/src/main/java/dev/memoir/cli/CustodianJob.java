package dev.memoir.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.stream.Collectors;

/** Work that the runner has its custodian do, waited for. */
final class CustodianJob {
    private static final long LOOK_MILLIS = 300;

    private CustodianJob() {}

    /**
     * @param what is done, shown with how far it is
     * @return the job as it ended
     */
    static JsonNode ended(RunnerClient runner, Terminal terminal, String id, String what) {
        JsonNode job = runner.job(id);
        while (job.path("state").asText().equals("running")) {
            String said = said(job.path("progress").asText());
            terminal.passing(said.isEmpty() ? what + " …" : what + ": " + said);
            Await.pause(LOOK_MILLIS);
            job = runner.job(id);
        }
        terminal.clearPassing();
        return job;
    }

    static boolean isDone(JsonNode job) {
        return job.path("state").asText().equals("done");
    }

    /** @return what it says of itself at its end */
    static JsonNode done(RunnerClient runner, Terminal terminal, String id, String what) {
        JsonNode job = ended(runner, terminal, id, what);
        if (!isDone(job)) {
            throw Failure.failed(
                    "That did not succeed: "
                            + job.path("error").asText(job.path("state").asText()),
                    "See ./memoir logs custodian; the same command again goes on.");
        }
        return job.path("result");
    }

    /** The custodian's last line, {@code {"progress":"objects","objects":120}}, as {@code progress objects, objects 120}. */
    private static String said(String line) {
        try {
            return Json.parse(line).properties().stream()
                    .map(p -> p.getKey() + " " + p.getValue().asText())
                    .collect(Collectors.joining(", "));
        } catch (JsonProcessingException e) {
            return line;
        }
    }
}
