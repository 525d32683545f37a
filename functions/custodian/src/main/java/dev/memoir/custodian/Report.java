package dev.memoir.custodian;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Lines of JSON for the runner and for scripts. */
final class Report {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final PrintWriter out;

    Report(PrintWriter out) {
        this.out = out;
    }

    void line(Object facts) {
        out.println(json(facts));
    }

    /** The last line. It is all that a file holds, for who wants to know it without reading the rest. */
    void result(Object facts, Optional<Path> file) throws IOException {
        String json = json(facts);
        out.println(json);
        if (file.isPresent()) {
            Files.writeString(file.get(), json);
        }
    }

    private static String json(Object facts) {
        try {
            return JSON.writeValueAsString(facts);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a report can't be written as JSON: " + e.getOriginalMessage(), e);
        }
    }
}
