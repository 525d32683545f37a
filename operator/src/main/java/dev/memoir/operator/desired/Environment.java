package dev.memoir.operator.desired;

import dev.memoir.operator.api.SecretVariable;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarBuilder;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Variables of a container in the order in which they refer to each other, and the secrets that they come from. */
final class Environment {
    private final List<EnvVar> variables = new ArrayList<>();
    private final Set<String> secrets = new LinkedHashSet<>();

    Environment value(String name, String value) {
        variables.add(new EnvVarBuilder().withName(name).withValue(value).build());
        return this;
    }

    Environment value(String name, Optional<String> value) {
        value.ifPresent(given -> value(name, given));
        return this;
    }

    Environment secret(String name, String secret, String key) {
        secrets.add(secret);
        variables.add(new EnvVarBuilder()
                .withName(name)
                .withNewValueFrom()
                .withNewSecretKeyRef(key, secret, null)
                .endValueFrom()
                .build());
        return this;
    }

    Environment configuration(String name, String map, String key) {
        variables.add(new EnvVarBuilder()
                .withName(name)
                .withNewValueFrom()
                .withNewConfigMapKeyRef(key, map, null)
                .endValueFrom()
                .build());
        return this;
    }

    Environment secrets(List<SecretVariable> wanted) {
        wanted.forEach(variable -> secret(variable.name(), variable.secret(), variable.key()));
        return this;
    }

    List<EnvVar> variables() {
        return List.copyOf(variables);
    }

    /** Their names, in the order of their first use. */
    Set<String> secrets() {
        return secrets;
    }
}
