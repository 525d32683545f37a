package dev.memoir.operator.desired;

import dev.memoir.operator.api.MemoirInstance;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import java.util.Map;

/** Whom the programs believe, and who they are themselves. */
public final class Trust {
    public static final String KEYS = "jwks.json";

    private Trust() {}

    /** The issuer's public keys; a pod takes them at its start, so that no cold start asks the issuer. */
    public static ConfigMap keys(MemoirInstance instance, Given given) {
        Names names = new Names(instance);
        return new ConfigMapBuilder()
                .withMetadata(names.owned(names.identity(), names.labels()))
                .withData(Map.of(KEYS, given.keys()))
                .build();
    }

    /** An account without rights and without a token, for all of an instance's pods. */
    public static ServiceAccount account(MemoirInstance instance) {
        Names names = new Names(instance);
        return new ServiceAccountBuilder()
                .withMetadata(names.owned(accountName(names), names.labels()))
                .withAutomountServiceAccountToken(false)
                .build();
    }

    static String accountName(Names names) {
        return names.of("programs");
    }
}
