package dev.memoir.custodian;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.memoir.catalog.FaceCatalog;
import dev.memoir.catalog.ModelVersion;
import dev.memoir.catalog.Schema;
import dev.memoir.models.ModelCatalogue;
import dev.memoir.store.Keys;
import dev.memoir.store.MediaStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Whether the library wants faces to be found. {@code .memoir/faces.json} in the bucket of originals decides; the catalog is told,
 * since functions ask it at every photo.
 */
final class Faces {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int MOST_BYTES = 10_000;
    private static final String DECIDED = "faces";

    /** What a configuration wished when it was last obeyed. */
    private static final String CONFIGURED = "configured";

    private final Settings settings;
    private final MediaStore store;
    private final FaceCatalog catalog;

    Faces(Settings settings, MediaStore store) {
        this.settings = settings;
        this.store = store;
        this.catalog = FaceCatalog.over(settings.asIngest());
    }

    /** What was decided. */
    enum Choice {
        ON,
        OFF,
        /** Nobody said anything yet: as good as off. */
        UNDECIDED;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * @param faces rows
     * @param pictures versions of cut-out faces in the bucket
     * @param people groups
     */
    record Erased(long faces, long pictures, long people) {}

    static ModelVersion models() {
        ModelCatalogue.Together together = ModelCatalogue.faces().together();
        return new ModelVersion(FaceCatalog.TASK, together.name(), together.version());
    }

    /** Brings the catalog and the bucket in line with the decision; an erasure that was interrupted is brought to its end. */
    Choice follow() throws IOException {
        Choice choice = choice();
        if (choice == Choice.ON) {
            new ModelUpload(store, settings.derived()).upload(ModelCatalogue.faces(), settings.faceModelsFolder());
            catalog.want(true);
            if (choice() != Choice.ON) {
                // Jobs may run side by side: faces were turned off meanwhile, and are wanted again by the line before.
                return follow();
            }
        } else if (!catalog.clean()) {
            erase();
        } else {
            // A function that was killed while faces were turned off may have left a picture.
            store.erase(settings.derived(), Keys.FACES);
        }
        return choice;
    }

    /**
     * As {@link #follow}, but first does what a configuration wishes, if it has not wished the same before: what somebody
     * decided by the command since then stands until the configuration says something else.
     *
     * @param wish empty where the configuration says nothing: then it has no past either
     * @throws Mistake as {@link #turnOn} does
     */
    Choice follow(Optional<Choice> wish) throws IOException {
        ObjectNode document = document();
        String wished = wish.map(Choice::word).orElse("");
        if (!wished.equals(document.path(CONFIGURED).asText())) {
            switch (wish.orElse(Choice.UNDECIDED)) {
                case ON -> turnOn(document.put(CONFIGURED, wished));
                case OFF -> turnOff(document.put(CONFIGURED, wished));
                case UNDECIDED -> write(document.without(List.of(CONFIGURED)));
            }
        }
        return follow();
    }

    private Choice choice() throws IOException {
        return switch (document().path(DECIDED).asText()) {
            case "on" -> Choice.ON;
            case "off" -> Choice.OFF;
            default -> Choice.UNDECIDED;
        };
    }

    /** An empty one where there is none, or none that can be read. */
    private ObjectNode document() throws IOException {
        try (var content = store.read(settings.originals(), Keys.FACES_CHOICE, Optional.empty())
                .orElse(null)) {
            JsonNode read =
                    content == null ? null : JSON.readTree(content.bytes().readNBytes(MOST_BYTES));
            return read instanceof ObjectNode document ? document : JSON.createObjectNode();
        } catch (JsonProcessingException e) {
            return JSON.createObjectNode();
        }
    }

    /** @throws Mistake when the models are not there: then nothing is decided */
    void turnOn() throws IOException {
        turnOn(document());
    }

    private void turnOn(ObjectNode document) throws IOException {
        ModelUpload.Outcome models =
                new ModelUpload(store, settings.derived()).upload(ModelCatalogue.faces(), settings.faceModelsFolder());
        if (!models.missing().isEmpty()) {
            throw new Mistake("the models that find faces are neither in the bucket nor in MEMOIR_FACE_MODELS_DIR: "
                    + models.missing() + ". Fetch them with: memoir faces FILE, or models/convert.py");
        }
        decide(document, Choice.ON);
        catalog.want(true);
    }

    /** @param names whether what people decided goes, too: names, and where whose faces are */
    Erased turnOff(boolean names) throws IOException {
        ObjectNode document = document();
        decide(document, Choice.OFF);
        if (names) {
            // Documents first: rows that are left are removed when the same is said again, and never come back from the
            // bucket.
            store.erase(settings.originals(), Keys.PEOPLE);
            catalog.forgetDecisions();
        }
        return turnOff(document);
    }

    private Erased turnOff(ObjectNode document) {
        decide(document, Choice.OFF);
        Erased erased = erase();
        // Deleted rows stay in the files until they are cleared away.
        Schema.vacuum(settings.databaseAsOwner());
        return erased;
    }

    /** Rows first: a function that is about to write a face sees that it must not, and removes its pictures itself. */
    private Erased erase() {
        FaceCatalog.Erased rows = catalog.erase();
        long pictures = store.erase(settings.derived(), Keys.FACES);
        catalog.want(false);
        return new Erased(rows.faces(), pictures, rows.people());
    }

    private void decide(ObjectNode document, Choice choice) {
        write(document.put(DECIDED, choice.word())
                .put("decidedAt", Instant.now().toString()));
    }

    private void write(ObjectNode document) {
        store.put(
                settings.originals(),
                Keys.FACES_CHOICE,
                document.toPrettyString().getBytes(StandardCharsets.UTF_8),
                "application/json");
    }
}
