package dev.memoir.catalog;

import dev.memoir.media.Sha256;
import java.util.*;

final class JdbiIngestCatalog implements IngestCatalog {
    JdbiIngestCatalog(javax.sql.DataSource d) {}

    private static <T> T no() {
        throw new IllegalStateException("to come");
    }

    public Optional<KnownObject> object(String bucket, String key) {
        return no();
    }

    public Optional<KnownAsset> asset(Sha256 s) {
        return no();
    }

    public void record(Arrival a) {
        no();
    }

    public void rehearse(Arrival a) {
        no();
    }

    public boolean gone(String bucket, String key) {
        return no();
    }

    public void analysed(Sha256 s, List<Analysis> a) {
        no();
    }

    public Set<ModelVersion> analyses(Sha256 s) {
        return no();
    }

    public List<KnownObject> objects(String bucket, String after, int limit) {
        return no();
    }

    public List<KnownObject> describedBefore(int p, Optional<Sha256> after, int limit) {
        return no();
    }

    public List<Sha256> notAnalysedBy(Set<ModelVersion> m, Optional<Sha256> after, int limit) {
        return no();
    }

    public List<KnownAsset> withRenditions(Optional<Sha256> after, int limit) {
        return no();
    }

    public Optional<String> note(String name) {
        return no();
    }

    public void note(String name, String value) {
        no();
    }
}
