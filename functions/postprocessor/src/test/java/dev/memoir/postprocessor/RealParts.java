package dev.memoir.postprocessor;

import dev.memoir.catalog.Schema;
import dev.memoir.parts.Part;
import dev.memoir.parts.Parts;
import dev.memoir.store.MediaStore;
import dev.memoir.store.StoreConfig;
import dev.memoir.testkit.TestPostgres;
import dev.memoir.testkit.TestStore;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.postgresql.ds.PGSimpleDataSource;

/** A real PostgreSQL with the catalog's schema, a real store with both buckets, real image libraries and ffmpeg. */
public final class RealParts implements QuarkusTestResourceLifecycleManager {
    static final String TOKEN = "token-of-the-test";

    private TestStore store;

    @Override
    public Map<String, String> start() {
        TestPostgres.Database database = TestPostgres.shared().newDatabase();
        PGSimpleDataSource administrator = new PGSimpleDataSource();
        administrator.setUrl(database.url());
        administrator.setUser(database.user());
        administrator.setPassword(database.password());
        Schema.roles(administrator, "api secret", "ingest secret");
        Schema.migrate(administrator);
        store = TestStore.start();
        try (MediaStore buckets = MediaStore.open(new StoreConfig(
                store.endpoint(),
                store.endpoint(),
                store.region(),
                store.accessKey(),
                store.secretKey(),
                "originals",
                "derived"))) {
            buckets.buckets().ensure("originals", true);
            buckets.buckets().ensure("derived", false);
        }
        Parts parts = Parts.open();
        return Map.ofEntries(
                Map.entry("memoir.delivery.token", TOKEN),
                Map.entry("memoir.s3.endpoint", store.endpoint().toString()),
                Map.entry("memoir.s3.access-key", store.accessKey()),
                Map.entry("memoir.s3.secret-key", store.secretKey()),
                Map.entry("MEMOIR_DB_URL", database.url()),
                Map.entry("MEMOIR_DB_USER", Schema.INGEST),
                Map.entry("MEMOIR_DB_PASSWORD", "ingest secret"),
                Map.entry("MEMOIR_LIBVIPS", parts.path(Part.LIBVIPS).toString()),
                Map.entry("MEMOIR_FFMPEG", parts.path(Part.FFMPEG).toString()),
                Map.entry(
                        "MEMOIR_FFPROBE", parts.file(Part.FFMPEG, "bin/ffprobe").toString()),
                Map.entry("MEMOIR_SCRATCH", scratch().toString()));
    }

    private static Path scratch() {
        try {
            return Files.createTempDirectory("memoir-scratch-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void stop() {
        if (store != null) {
            store.close();
        }
    }
}
