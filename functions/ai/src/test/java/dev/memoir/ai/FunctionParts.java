package dev.memoir.ai;

import dev.memoir.catalog.Schema;
import dev.memoir.parts.Part;
import dev.memoir.parts.Parts;
import dev.memoir.testkit.TestPostgres;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.Map;
import org.postgresql.ds.PGSimpleDataSource;

/** A real store with the models in it and a real database with the catalog's tables, as the custodian's setup leaves them. */
public class FunctionParts implements QuarkusTestResourceLifecycleManager {
    static final String TOKEN = "delivery-token-of-the-test";

    private StoreWithBuckets bucket;

    @Override
    public Map<String, String> start() {
        bucket = new StoreWithBuckets();
        put(bucket);
        TestPostgres.Database database = TestPostgres.shared().newDatabase();
        var administrator = new PGSimpleDataSource();
        administrator.setUrl(database.url());
        administrator.setUser(database.user());
        administrator.setPassword(database.password());
        Schema.roles(administrator, "api secret", "ingest secret");
        Schema.migrate(administrator);
        var store = bucket.store().config();
        return Map.of(
                "memoir.s3.endpoint", store.endpoint().toString(),
                "memoir.s3.access-key", store.accessKey(),
                "memoir.s3.secret-key", store.secretKey(),
                "memoir.delivery.token", TOKEN,
                "memoir.models.cache", folder(),
                "memoir.ai.device", "cpu",
                "memoir.libvips", Parts.open().path(Part.LIBVIPS).toString(),
                "quarkus.datasource.jdbc.url", database.url(),
                "quarkus.datasource.username", Schema.INGEST,
                "quarkus.datasource.password", "ingest secret");
    }

    void put(StoreWithBuckets bucket) {
        bucket.putModels();
        bucket.putObjectModels();
    }

    private static String folder() {
        try {
            return Files.createTempDirectory("memoir-models-").toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void stop() {
        bucket.close();
    }
}
