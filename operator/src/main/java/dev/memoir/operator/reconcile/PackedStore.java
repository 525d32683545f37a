package dev.memoir.operator.reconcile;

import io.fabric8.kubernetes.api.model.HasMetadata;
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

    @Override
    public Stream<T> values() {
        return packed.values().stream().map(this::unpack);
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

    /** As new each time, so whoever changes it changes nobody else's. */
    private T unpack(byte[] bytes) {
        return bytes == null ? null : json.unmarshal(new InflaterInputStream(new ByteArrayInputStream(bytes)), kind);
    }
}
