package dev.memoir.postprocessor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.memoir.catalog.EditsJson;
import dev.memoir.events.ObjectHint;
import dev.memoir.media.Edits;
import dev.memoir.media.Sha256;
import dev.memoir.sidecars.Sidecar;
import dev.memoir.store.MediaStore;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/** What other programs put beside pictures, in any order, and what Memoir itself put there when its database was lost. */
@QuarkusTest
@QuarkusTestResource(RealParts.class)
class SidecarEventsTest {
    private static final byte[] PHOTO = RehearsalPhoto.jpeg();
    private static final Edits EDITS = Edits.NONE.withTitle("Lighthouse").withTags(List.of("keeper"));

    @Inject
    Intake intake;

    @Inject
    MediaStore store;

    @Inject
    DataSource database;

    private void put(String key, byte[] content) {
        store.put("originals", key, content, "application/octet-stream");
    }

    private void look(String key) {
        assertEquals(
                key.endsWith(".xmp"),
                intake.look(new ObjectHint("originals", key, Optional.empty(), Optional.empty(), Optional.empty()))
                        .isEmpty(),
                "a sidecar is no asset to look at");
    }

    private static byte[] sidecar(Edits edits) throws Exception {
        return Sidecar.blank()
                .saying(edits, Sha256.of(MessageDigest.getInstance("SHA-256").digest(PHOTO)));
    }

    private record Row(Edits edits, Optional<String> problem) {}

    private Row item(String owner) throws SQLException {
        try (var connection = database.getConnection();
                var query = connection.prepareStatement("SELECT edits, sidecar_problem FROM item WHERE owner = ?")) {
            query.setString(1, owner);
            try (var row = query.executeQuery()) {
                assertTrue(row.next());
                return new Row(EditsJson.read(row.getString(1)), Optional.ofNullable(row.getString(2)));
            }
        }
    }

    @Test
    void aSidecarIsUnderstoodWhetherItComesBeforeOrAfterItsOriginal() throws Exception {
        put("users/before/a.jpg.xmp", sidecar(EDITS));
        look("users/before/a.jpg.xmp");
        put("users/before/a.jpg", PHOTO);
        look("users/before/a.jpg");

        put("users/after/a.jpg", PHOTO);
        look("users/after/a.jpg");
        put("users/after/a.xmp", sidecar(EDITS.withRating(2)));
        look("users/after/a.xmp");

        assertEquals(EDITS, item("before").edits());
        assertEquals(EDITS.withRating(2), item("after").edits());
    }

    @Test
    void aSidecarThatIsRemovedOrBrokenLaterIsFollowed() throws Exception {
        put("users/later/a.jpg", PHOTO);
        look("users/later/a.jpg");
        put("users/later/a.jpg.xmp", sidecar(EDITS));
        look("users/later/a.jpg.xmp");

        put("users/later/a.jpg.xmp", "<half".getBytes(StandardCharsets.UTF_8));
        look("users/later/a.jpg.xmp");

        assertEquals(EDITS, item("later").edits());
        assertTrue(item("later").problem().orElseThrow().contains("users/later/a.jpg.xmp is not well-formed"));

        store.delete("originals", "users/later/a.jpg.xmp");
        look("users/later/a.jpg.xmp");

        assertEquals(new Row(Edits.NONE, Optional.empty()), item("later"));
    }
}
