package dev.memoir.ai.cloud;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.memoir.store.Documents;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.YearMonth;
import java.util.Optional;

/**
 * How many pictures a service may be sent in a calendar month (UTC). Counted in a document in the bucket before one is sent, by
 * conditional writes: all functions together never send more.
 */
public final class Budget {
    private static final int TRIES = 50;

    private final Documents documents;
    private final String service;
    private final long most;
    private final Clock clock;

    /** @param most pictures in a month; 0: none */
    public Budget(Documents documents, String service, long most, Clock clock) {
        this.documents = documents;
        this.service = service;
        this.most = most;
        this.clock = clock;
    }

    /** The document of a month, in the bucket of originals. */
    public static String key(String service, YearMonth month) {
        return ".memoir/vision/" + service + "-" + month + ".json";
    }

    /** @return false when the month's are used up */
    boolean take() {
        return change(1);
    }

    /** The picture was not looked at after all, and is not charged. */
    void giveBack() {
        change(-1);
    }

    long most() {
        return most;
    }

    private boolean change(int by) {
        String key = key(service, YearMonth.now(clock));
        for (int i = 0; i < TRIES; i++) {
            Optional<Documents.Document> there = documents.read(key);
            long sent = there.map(Budget::sent).orElse(0L);
            if (by > 0 && sent + by > most) {
                return false;
            }
            byte[] next = document(Math.max(0, sent + by));
            if (there.map(read -> documents.replace(read, next)).orElseGet(() -> documents.create(key, next))) {
                return true;
            }
        }
        throw new VisionFailure(
                "the count of pictures sent to " + service + " (" + key + ") is changed by too many at once");
    }

    /** One that nobody can read counts as used up: rather too little is sent than too much. */
    private static long sent(Documents.Document document) {
        try {
            JsonNode sent = Wire.JSON.readTree(document.content()).path("pictures");
            return sent.isIntegralNumber() && sent.asLong() >= 0 ? sent.asLong() : Long.MAX_VALUE - 1;
        } catch (IOException e) {
            return Long.MAX_VALUE - 1;
        }
    }

    private byte[] document(long sent) {
        ObjectNode document = Wire.JSON
                .createObjectNode()
                .put("service", service)
                .put("pictures", sent)
                .put("most", most);
        return document.toString().getBytes(StandardCharsets.UTF_8);
    }
}
