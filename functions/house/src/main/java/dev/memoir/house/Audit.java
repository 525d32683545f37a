package dev.memoir.house;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.memoir.store.Documents;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Who changed whose rights or deleted what, and when: one document for each, {@code .memoir/audit/YEAR/MONTH/TIME-CHANCE.json}, which
 * nobody writes again.
 */
public final class Audit {
    private static final String FORMAT = "memoir.dev/audit/v1";
    private static final String AUDIT = ".memoir/audit/";
    private static final DateTimeFormatter KEY =
            DateTimeFormatter.ofPattern("yyyy/MM/dd'T'HHmmss.SSS'Z'").withZone(ZoneOffset.UTC);

    private final Documents documents;
    private final Clock clock;

    public Audit(Documents documents, Clock clock) {
        this.documents = documents;
        this.clock = clock;
    }

    /**
     * @param by who did it
     * @param what such as {@code user.removed}
     * @param whom the user or the invitation that it was done to
     */
    void write(String by, String what, String whom, Optional<Rights> rights) {
        write(by, what, whom, json -> rights.ifPresent(given -> HouseFormat.rights(json, given)));
    }

    /**
     * A change of rights to one thing.
     *
     * @param by who did it
     * @param what such as {@code album.shared}
     * @param whom to whom it was given, or from whom it was taken
     * @param details what else is to be known, such as the album and the role
     */
    public void write(String by, String what, String whom, Map<String, String> details) {
        write(by, what, whom, json -> new TreeMap<>(details).forEach(json::put));
    }

    private void write(String by, String what, String whom, Consumer<ObjectNode> more) {
        Instant now = clock.instant();
        ObjectNode json = HouseFormat.document(FORMAT)
                .put("at", now.toString())
                .put("by", by)
                .put("what", what)
                .put("whom", whom);
        more.accept(json);
        documents.create(AUDIT + KEY.format(now) + "-" + Passwords.random(4) + ".json", HouseFormat.bytes(json));
    }

    /** The last ones, the newest first. */
    List<Household.Change> newest(int most) {
        List<String> keys = documents.list(AUDIT).toList();
        return keys.reversed().stream()
                .limit(most)
                .map(documents::read)
                .flatMap(Optional::stream)
                .map(document -> HouseFormat.read(document.key(), document.content(), FORMAT))
                .map(Audit::change)
                .toList();
    }

    private static Household.Change change(JsonNode json) {
        List<String> groups =
                json.path("groups").valueStream().map(JsonNode::asText).toList();
        List<String> attributes = json.path("attributes").properties().stream()
                .map(attribute ->
                        attribute.getKey() + "=" + attribute.getValue().asText())
                .toList();
        return new Household.Change(
                Instant.parse(json.required("at").asText()),
                json.path("by").asText(),
                json.path("what").asText(),
                json.path("whom").asText(),
                groups,
                attributes);
    }
}
