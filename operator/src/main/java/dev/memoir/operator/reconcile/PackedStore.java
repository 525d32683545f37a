package dev.memoir.operator.reconcile;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.client.informers.cache.Cache;
import io.fabric8.kubernetes.client.informers.cache.ItemStore;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;

/**
 * What a watch has seen, as compressed JSON: a thousand instances have some twenty thousand objects, of which a reconciliation
 * looks at twenty. Who wrote which field when is left out; nobody here asks.
 */
final class PackedStore<T extends HasMetadata> implements ItemStore<T> {
    private final Class<T> kind;
    private final KubernetesSerialization json;
    private final Map<String, byte[]> packed = new ConcurrentHashMap<>();

    PackedStore(Class<T> kind, KubernetesSerialization json) {
        this.kind = kind;
        this.json = json;
    }

    @Override
    public String getKey(T object) {
        return Cache.metaNamespaceKeyFunc(object);
    }

    @Override
    public T put(String key, T object) {
        object.getMetadata().setManagedFields(new ArrayList<>());
        return unpack(packed.put(key, pack(object)));
    }

    @Override
    public T remove(String key) {
        return unpack(packed.remove(key));
    }

    @Override
    public Stream<String> keySet() {
        return packed.keySet().stream();
    }

    /**
     * Of each its metadata alone: a watch takes all of a kind at once when it begins, only to tell whose each one is.
     */
    @Override
    public Stream<T> values() {
        return packed.values().stream().map(this::unpackMetadata);
    }

    @Override
    public T get(String key) {
        return unpack(packed.get(key));
    }

    @Override
    public int size() {
        return packed.size();
    }

    private byte[] pack(T object) {
        Deflater fast = new Deflater(Deflater.BEST_SPEED);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DeflaterOutputStream deflated = new DeflaterOutputStream(bytes, fast)) {
            deflated.write(json.asJson(object).getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            fast.end();
        }
        return bytes.toByteArray();
    }

    private T unpackMetadata(byte[] bytes) {
        try {
            T object = kind.getConstructor().newInstance();
            object.setMetadata(json.unmarshal(new InflaterInputStream(new ByteArrayInputStream(bytes)), Described.class)
                    .metadata());
            return object;
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(kind + " can't be made without arguments", e);
        }
    }

    @JsonIgnoreProperties(ignoreUnknown = true)
    private record Described(ObjectMeta metadata) {}

    /** As new each time, so whoever changes it changes nobody else's. */
    private T unpack(byte[] bytes) {
        return bytes == null ? null : json.unmarshal(new InflaterInputStream(new ByteArrayInputStream(bytes)), kind);
    }
}
