package dev.memoir.operator.desired;

import dev.memoir.operator.api.MemoirInstance;
import dev.memoir.operator.api.MemoirInstanceSpec;
import dev.memoir.operator.api.SecretVariable;
import dev.memoir.operator.api.Vision;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The secrets that a person supplies. */
public final class UserSecrets {
    private static final List<String> LOGIN = List.of("user", "password");

    private UserSecrets() {}

    /** @return the fields that each must have, by its name, in the order of the spec */
    public static Map<String, Set<String>> of(MemoirInstance instance) {
        MemoirInstanceSpec spec = instance.getSpec();
        Map<String, Set<String>> all = new LinkedHashMap<>();
        if (spec.storage().external() != null) {
            add(all, spec.storage().external().secret(), List.of("accessKey", "secretKey"));
        }
        if (spec.storage().encryption() != null) {
            add(all, spec.storage().encryption().keySecret(), List.of("key"));
        }
        if (spec.events().external() != null) {
            add(all, spec.events().external().secret(), LOGIN);
        }
        if (spec.database().external() != null) {
            add(all, spec.database().external().secret(), LOGIN);
            add(all, spec.database().external().caSecret(), List.of("ca.crt"));
        }
        add(all, spec.functions().api().environment());
        add(all, spec.functions().postprocessor().environment());
        add(all, spec.functions().ai().environment());
        Vision vision = spec.functions().ai().vision();
        if (vision != null) {
            add(all, vision.secret(), VisionService.fields(vision));
        }
        return all;
    }

    private static void add(Map<String, Set<String>> all, List<SecretVariable> variables) {
        if (variables != null) {
            variables.forEach(variable -> add(all, variable.secret(), List.of(variable.key())));
        }
    }

    private static void add(Map<String, Set<String>> all, String secret, List<String> fields) {
        if (secret != null) {
            all.computeIfAbsent(secret, name -> new TreeSet<>()).addAll(fields);
        }
    }
}
