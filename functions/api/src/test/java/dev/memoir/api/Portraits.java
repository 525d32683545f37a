package dev.memoir.api;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.memoir.catalog.FaceCatalog;
import dev.memoir.catalog.FoundFace;
import dev.memoir.catalog.ModelVersion;
import dev.memoir.catalog.Schema;
import dev.memoir.media.Sha256;
import dev.memoir.people.Crowd;
import dev.memoir.people.FaceQuality;
import dev.memoir.people.Region;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.postgresql.ds.PGSimpleDataSource;

/** Photos with faces in the catalog, as the AI function would have recorded them. */
final class Portraits {
    private static final ModelVersion MODELS = new ModelVersion("faces", "dlib", "1");

    private Portraits() {}

    static FaceCatalog catalog() {
        var source = new PGSimpleDataSource();
        source.setUrl(Client.config("quarkus.datasource.jdbc.url"));
        source.setUser(Schema.INGEST);
        source.setPassword(ApiParts.INGEST_PASSWORD);
        return FaceCatalog.over(source);
    }

    /** Faces of the same number lie near each other. */
    private static float[] embedding(int who, int photo) {
        Random person = new Random(who * 31L);
        Random moment = new Random(photo * 17L + who);
        float[] embedding = new float[128];
        for (int i = 0; i < 128; i++) {
            embedding[i] = (float) (person.nextGaussian() * 0.056 + moment.nextGaussian() * 0.012);
        }
        return embedding;
    }

    /** @param who from the left to the right */
    static Sha256 add(String owner, String name, int year, int... who) {
        return add(owner, name, year, 0.1, who);
    }

    /**
     * @param nsfw its score
     * @param who from the left to the right
     */
    static Sha256 add(String owner, String name, int year, double nsfw, int... who) {
        Sha256 asset = Photos.add(owner, name, year, nsfw, "sea");
        FaceCatalog catalog = catalog();
        catalog.want(true);
        Crowd crowd = catalog.crowd();
        List<FoundFace> found = new ArrayList<>();
        for (int i = 0; i < who.length; i++) {
            found.add(new FoundFace(
                    new Region(0.1 + 0.3 * i, 0.25, 0.125, 0.25),
                    List.of(0.1, 0.2, 0.1, 0.2, 0.1, 0.2, 0.1, 0.2, 0.1, 0.2),
                    0.99,
                    embedding(who[i], year),
                    new FaceQuality(200, 100, 0)));
        }
        assertTrue(catalog.record(
                asset, MODELS, found, (id, e) -> crowd.personOf(e).orElse(id)));
        return asset;
    }
}
