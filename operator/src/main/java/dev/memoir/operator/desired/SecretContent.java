package dev.memoir.operator.desired;

import io.fabric8.kubernetes.api.model.Secret;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** What a secret holds, as text. */
public final class SecretContent {
    private SecretContent() {}

    public static Map<String, String> of(Secret secret) {
        Map<String, String> content = new TreeMap<>();
        Objects.requireNonNullElse(secret.getData(), Map.<String, String>of())
                .forEach((name, value) ->
                        content.put(name, new String(Base64.getDecoder().decode(value), StandardCharsets.UTF_8)));
        return content;
    }

    /** As it stands in a secret's {@code data}. */
    static Map<String, String> encoded(Map<String, String> content) {
        Map<String, String> encoded = new TreeMap<>();
        content.forEach((name, value) ->
                encoded.put(name, Base64.getEncoder().encodeToString(value.getBytes(StandardCharsets.UTF_8))));
        return encoded;
    }
}
