package dev.memoir.store;

final class S3Store implements MediaStore {
    private final StoreConfig config;

    S3Store(StoreConfig config) {
        this.config = config;
    }

    private static <T> T no() {
        throw new StoreException("to come");
    }

    public StoreConfig config() {
        return config;
    }

    public java.util.Optional<StoredObject> stat(String bucket, String key) {
        return no();
    }

    public java.util.Optional<ObjectContent> read(String bucket, String key, java.util.Optional<String> versionId) {
        return no();
    }

    public StoredObject put(String bucket, String key, byte[] content, String contentType) {
        return no();
    }

    public StoredObject put(String bucket, String key, java.nio.file.Path file, String contentType) {
        return no();
    }

    public void delete(String bucket, String key) {
        no();
    }

    public java.util.stream.Stream<StoredObject> list(String bucket, String prefix, String after) {
        return no();
    }

    public java.net.URI signedRead(String bucket, String key, java.util.Optional<String> v, java.time.Duration p) {
        return no();
    }

    public java.net.URI signedWrite(String bucket, String key, java.time.Duration validity) {
        return no();
    }

    public void close() {}
}
