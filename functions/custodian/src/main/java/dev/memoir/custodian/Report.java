package dev.memoir.custodian;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;

/** Lines of JSON for the runner and for scripts. */
final class Report {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final PrintWriter out;

    Report(PrintWriter out) {
        this.out = out;
    }

    void line(Object facts) {
        try {
            out.println(JSON.writeValueAsString(facts));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a report can't be written as JSON: " + e.getOriginalMessage(), e);
        }
    }
}
