package dev.memoir.operator.reconcile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.fabric8.kubernetes.api.model.ManagedFieldsEntryBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class PackedStoreTest {
    private final PackedStore<Secret> store = new PackedStore<>(Secret.class, new KubernetesSerialization());

    private static SecretBuilder secret(String name, String value) {
        return new SecretBuilder()
                .withNewMetadata()
                .withNamespace("family")
                .withName(name)
                .withResourceVersion("7")
                .withLabels(Map.of("a", "b"))
                .endMetadata()
                .withData(Map.of("key", value));
    }

    @Test
    void whatIsPutIsThereAgainButForWhoWroteIt() {
        Secret written = secret("one", "dmFsdWU=")
                .editMetadata()
                .withManagedFields(
                        new ManagedFieldsEntryBuilder().withManager("kubectl").build())
                .endMetadata()
                .build();

        assertNull(store.put(store.getKey(written), written));

        assertEquals(secret("one", "dmFsdWU=").build(), store.get("family/one"));
    }

    @Test
    void whatWasBeforeIsToldAtEachChange() {
        Secret before = secret("one", "Yg==").build();
        Secret after = secret("one", "YQ==").build();
        store.put("family/one", before);

        assertEquals(before, store.put("family/one", after));
        assertEquals(after, store.remove("family/one"));
        assertNull(store.remove("family/one"));
        assertEquals(0, store.size());
    }

    @Test
    void allAreListedWithTheirMetadataAlone() {
        List<Secret> both =
                List.of(secret("one", "Yg==").build(), secret("two", "YQ==").build());
        both.forEach(one -> store.put(store.getKey(one), one));

        assertEquals(Set.of("family/one", "family/two"), store.keySet().collect(Collectors.toSet()));
        assertEquals(
                Set.of(
                        secret("one", "").withData(Map.of()).build(),
                        secret("two", "").withData(Map.of()).build()),
                store.values().collect(Collectors.toSet()));
        assertEquals(2, store.size());
    }
}
