package dev.memoir.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.memoir.api.SavedSearch.Kept;
import dev.memoir.catalog.FilterDocument;
import dev.memoir.media.Sha256;
import dev.memoir.store.Documents;
import dev.memoir.store.MediaStore;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;

/**
 * The searches that people keep: one document each person, {@code .memoir/searches/<SHA-256 of the subject>.json}, JSON, version 1,
 * written only from the state that was read. Nothing of it is in the database.
 */
@ApplicationScoped
public class SavedSearches {
    static final String FOLDER = ".memoir/searches/";

    private static final String FORMAT = "memoir.dev/searches/v1";
    private static final JsonMapper JSON = new JsonMapper();

    private final Documents documents;

    public SavedSearches(MediaStore store) {
        this.documents = store.documents();
    }

    /** Somebody's, the latest saved first. */
    List<Kept> of(String subject) {
        return documents.read(key(subject)).map(found -> read(found, subject)).orElse(List.of());
    }

    void change(String subject, UnaryOperator<List<Kept>> change) {
        boolean there = changed(subject, change);
        if (!there && !documents.create(key(subject), write(subject, change.apply(List.of())))) {
            // Somebody else made it at that moment; nobody removes it.
            changed(subject, change);
        }
    }

    /** @return false when there is no document yet */
    private boolean changed(String subject, UnaryOperator<List<Kept>> change) {
        return documents
                .change(
                        key(subject),
                        found -> Optional.of(change.apply(read(found, subject))),
                        searches -> write(subject, searches))
                .isPresent();
    }

    static String key(String subject) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            return FOLDER
                    + Sha256.of(digest.digest(subject.getBytes(StandardCharsets.UTF_8)))
                            .hex() + ".json";
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] write(String subject, List<Kept> searches) {
        ObjectNode json = JSON.createObjectNode().put("format", FORMAT).put("owner", subject);
        ArrayNode all = json.putArray("searches");
        for (Kept search : searches) {
            ObjectNode one = all.addObject().put("id", search.id().toString()).put("name", search.name());
            search.words().ifPresent(words -> one.put("words", words));
            FilterDocument.write(search.filter(), one.putObject("filter"));
            one.put("savedAt", search.savedAt().toString());
        }
        return json.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static List<Kept> read(Documents.Document found, String subject) {
        try {
            JsonNode json = JSON.readTree(found.content());
            if (!FORMAT.equals(json.path("format").asText())
                    || !subject.equals(json.path("owner").asText())) {
                throw new IllegalArgumentException("it is not in the format " + FORMAT + ", or somebody else's");
            }
            List<Kept> searches = new ArrayList<>();
            for (JsonNode one : json.path("searches")) {
                searches.add(new Kept(
                        UUID.fromString(one.required("id").asText()),
                        one.required("name").asText(),
                        Optional.ofNullable(one.get("words")).map(JsonNode::asText),
                        FilterDocument.read(one.path("filter")),
                        Instant.parse(one.required("savedAt").asText())));
            }
            return searches;
        } catch (IOException | IllegalArgumentException | java.time.DateTimeException e) {
            throw new IllegalArgumentException(
                    found.key() + " holds no searches that this version knows: " + e.getMessage(), e);
        }
    }
}
