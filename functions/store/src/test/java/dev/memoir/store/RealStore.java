package dev.memoir.store;

import dev.memoir.testkit.TestStore;
import java.net.URI;

/** A real versitygw, or MinIO with {@code -Dmemoir.test.store=minio}, and the configuration that opens it. */
final class RealStore implements AutoCloseable {
    private final TestStore server = minio() ? TestStore.minio() : TestStore.start();

    static boolean minio() {
        return "minio".equals(System.getProperty("memoir.test.store"));
    }

    StoreConfig config() {
        return config(server.endpoint());
    }

    StoreConfig config(URI endpoint) {
        return config(server, endpoint);
    }

    static StoreConfig config(TestStore server) {
        return config(server, server.endpoint());
    }

    private static StoreConfig config(TestStore server, URI endpoint) {
        return new StoreConfig(
                endpoint, endpoint, server.region(), server.accessKey(), server.secretKey(), "originals", "derived");
    }

    @Override
    public void close() {
        server.close();
    }
}
