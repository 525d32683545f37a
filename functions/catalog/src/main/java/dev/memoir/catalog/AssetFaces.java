package dev.memoir.catalog;

import dev.memoir.media.Sha256;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiFunction;
import org.jdbi.v3.core.Handle;

/** The rows of one asset's faces, whose row the caller has locked. */
final class AssetFaces {
    private final Handle handle;
    private final Sha256 asset;
    private final ModelVersion models;

    AssetFaces(Handle handle, Sha256 asset, ModelVersion models) {
        this.handle = handle;
        this.asset = asset;
        this.models = models;
    }

    /** A face that stays keeps its person. */
    void replace(List<FoundFace> faces, BiFunction<UUID, float[], UUID> personOf) {
        Map<UUID, FoundFace> found = new HashMap<>();
        faces.forEach(face -> found.put(FaceId.of(asset, models, face.box()), face));
        Map<UUID, Optional<UUID>> before = persons();
        handle.createUpdate("DELETE FROM face WHERE sha256 = :sha256")
                .bind("sha256", asset.bytes())
                .execute();
        found.forEach(
                (id, face) -> insert(id, face, before.containsKey(id) ? before.get(id) : Optional.empty(), personOf));
    }

    private Map<UUID, Optional<UUID>> persons() {
        Map<UUID, Optional<UUID>> persons = new HashMap<>();
        handle.createQuery("SELECT id, person FROM face WHERE sha256 = :sha256")
                .bind("sha256", asset.bytes())
                .map((row, context) -> Map.entry(
                        row.getObject("id", UUID.class), Optional.ofNullable(row.getObject("person", UUID.class))))
                .forEach(entry -> persons.put(entry.getKey(), entry.getValue()));
        return persons;
    }

    private void insert(UUID id, FoundFace face, Optional<UUID> before, BiFunction<UUID, float[], UUID> personOf) {
        boolean usable = face.quality().usable();
        UUID person = before.orElseGet(() -> usable ? personOf.apply(id, face.embedding()) : null);
        handle.createUpdate(
                        "INSERT INTO face (id, sha256, model, version, x, y, width, height, points, score, embedding,"
                                + " pixels, sharpness, turn, usable, person) VALUES (:id, :sha256, :model, :version, :x, :y,"
                                + " :width, :height, :points, :score, :embedding, :pixels, :sharpness, :turn, :usable, :person)")
                .bind("id", id)
                .bind("sha256", asset.bytes())
                .bind("model", models.model())
                .bind("version", models.version())
                .bind("x", face.box().left())
                .bind("y", face.box().top())
                .bind("width", face.box().width())
                .bind("height", face.box().height())
                .bind("points", face.points().toArray(Double[]::new))
                .bind("score", face.score())
                .bind("embedding", bytes(face.embedding()))
                .bind("pixels", face.quality().pixels())
                .bind("sharpness", face.quality().sharpness())
                .bind("turn", face.quality().turn())
                .bind("usable", usable)
                .bindByType("person", person, UUID.class)
                .execute();
    }

    static byte[] bytes(float[] embedding) {
        ByteBuffer bytes = ByteBuffer.allocate(embedding.length * Float.BYTES);
        bytes.asFloatBuffer().put(embedding);
        return bytes.array();
    }

    static float[] floats(byte[] bytes) {
        FloatBuffer buffer = ByteBuffer.wrap(bytes).asFloatBuffer();
        float[] floats = new float[buffer.remaining()];
        buffer.get(floats);
        return floats;
    }
}
