package dev.memoir.api;

import dev.memoir.catalog.Schema;
import dev.memoir.events.Streams;
import dev.memoir.identity.HouseTokens;
import dev.memoir.identity.TokenKeys;
import dev.memoir.store.MediaStore;
import dev.memoir.store.StoreConfig;
import dev.memoir.testkit.TestPostgres;
import dev.memoir.testkit.TestQueue;
import dev.memoir.testkit.TestStore;
import io.nats.client.Connection;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.postgresql.ds.PGSimpleDataSource;

/** A database, a store and a queue as the setup leaves them, and the environment that a runner gives the function. */
public final class ApiParts implements QuarkusTestResourceLifecycleManager {
    static final String ISSUER = HouseTokens.ISSUER;
    static final String AUDIENCE = HouseTokens.BEARERS;
    public static final String DELIVERY_TOKEN = "delivery secret";
    static final String API_PASSWORD = "api secret";
    static final String INGEST_PASSWORD = "ingest secret";

    private TestStore store;
    private TestQueue queue;
    private StandInAi ai;

    @Override
    public Map<String, String> start() {
        try {
            return environment();
        } catch (Exception e) {
            throw new IllegalStateException("the parts for the tests did not start", e);
        }
    }

    private Map<String, String> environment() throws Exception {
        TestPostgres.Database database = TestPostgres.shared().newDatabase();
        PGSimpleDataSource administrator = new PGSimpleDataSource();
        administrator.setUrl(database.url());
        administrator.setUser(database.user());
        administrator.setPassword(database.password());
        Schema.roles(administrator, API_PASSWORD, INGEST_PASSWORD);
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
        queue = TestQueue.start();
        ai = new StandInAi();
        Connection connection = queue.connect();
        Streams.ensure(connection);
        connection.close();
        Path keys = Files.createTempDirectory("keys");
        Map<String, String> environment = new HashMap<>();
        environment.put("quarkus.datasource.jdbc.url", database.url());
        environment.put("quarkus.datasource.username", Schema.API);
        environment.put("quarkus.datasource.password", API_PASSWORD);
        environment.put("memoir.s3.endpoint", store.endpoint().toString());
        environment.put("memoir.s3.access-key", store.accessKey());
        environment.put("memoir.s3.secret-key", store.secretKey());
        environment.put("memoir.words.url", ai.address());
        environment.put("memoir.nats.url", queue.url());
        environment.put("memoir.jwks", TokenKeys.in(keys).publicJwks());
        environment.put("memoir.issuer", ISSUER);
        environment.put("memoir.audience", AUDIENCE);
        environment.put("memoir.house.keys", keys.toString());
        environment.put("memoir.delivery.token", DELIVERY_TOKEN);
        environment.put("test.keys", keys.toString());
        return environment;
    }

    @Override
    public void stop() {
        if (queue != null) {
            queue.close();
        }
        if (store != null) {
            store.close();
        }
        if (ai != null) {
            ai.close();
        }
    }
}
