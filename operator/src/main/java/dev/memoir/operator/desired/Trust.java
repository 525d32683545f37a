package dev.memoir.operator.desired;

import dev.memoir.operator.api.MemoirInstance;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.LocalObjectReferenceBuilder;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** Whom the programs believe, and who they are themselves. */
public final class Trust {
    public static final String KEYS = "jwks.json";

    /** Where they come from. */
    public static final String KEYS_ADDRESS = "jwks-address";

    private Trust() {}

    /** The issuer's public keys; a pod takes them at its start, so that no cold start asks the issuer. */
    public static ConfigMap keys(MemoirInstance instance, Given given) {
        Names names = new Names(instance);
        Map<String, String> content = new TreeMap<>(Map.of(KEYS, given.keys()));
        given.keysAddress().ifPresent(address -> content.put(KEYS_ADDRESS, address));
        return new ConfigMapBuilder()
                .withMetadata(names.owned(names.identity(), names.labels()))
                .withData(content)
                .build();
    }

    /** An account without rights and without a token, for all of an instance's pods. */
    public static ServiceAccount account(MemoirInstance instance) {
        Names names = new Names(instance);
        List<String> pullSecrets = Objects.requireNonNullElse(instance.getSpec().imagePullSecrets(), List.of());
        return new ServiceAccountBuilder()
                .withMetadata(names.owned(accountName(names), names.labels()))
                .withAutomountServiceAccountToken(false)
                .withImagePullSecrets(pullSecrets.stream()
                        .map(name ->
                                new LocalObjectReferenceBuilder().withName(name).build())
                        .toList())
                .build();
    }

    static String accountName(Names names) {
        return names.of("programs");
    }
}
