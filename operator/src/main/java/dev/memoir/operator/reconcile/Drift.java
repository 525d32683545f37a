package dev.memoir.operator.reconcile;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Where an object in the cluster differs from what is desired. What the cluster has added (defaults, status, annotations of
 * others) is no difference; what is desired and missing or other is, and so is an element too many in a list.
 */
final class Drift {
    private Drift() {}

    /** @return the path of the first difference, such as {@code spec.replicas} */
    static Optional<String> between(JsonNode desired, JsonNode live) {
        return node("", desired, live);
    }

    private static Optional<String> node(String path, JsonNode desired, JsonNode live) {
        if (isNothing(desired)) {
            return Optional.empty();
        }
        if (live == null || live.isMissingNode() || live.isNull()) {
            return Optional.of(path);
        }
        if (desired.isObject()) {
            return object(path, desired, live);
        }
        if (desired.isArray()) {
            return list(path, desired, live);
        }
        return desired.asText().equals(live.asText()) || sameQuantity(desired.asText(), live.asText())
                ? Optional.empty()
                : Optional.of(path);
    }

    private static Optional<String> object(String path, JsonNode desired, JsonNode live) {
        for (Map.Entry<String, JsonNode> field : desired.properties()) {
            String name = path.isEmpty() ? field.getKey() : path + "." + field.getKey();
            Optional<String> difference = node(name, field.getValue(), live.get(field.getKey()));
            if (difference.isPresent()) {
                return difference;
            }
        }
        return Optional.empty();
    }

    /** Elements with a name of their own are compared by it: the cluster may keep them in another order. */
    private static Optional<String> list(String path, JsonNode desired, JsonNode live) {
        if (desired.size() != live.size()) {
            return Optional.of(path);
        }
        Map<String, JsonNode> named = new HashMap<>();
        live.forEach(element -> named.put(element.path("name").asText(), element));
        boolean byName = named.size() == live.size() && !named.containsKey("");
        for (int i = 0; i < desired.size(); i++) {
            JsonNode found = byName ? named.get(desired.get(i).path("name").asText()) : live.get(i);
            Optional<String> difference = node(path + "[" + i + "]", desired.get(i), found);
            if (difference.isPresent()) {
                return difference;
            }
        }
        return Optional.empty();
    }

    /** The API server leaves out what is empty. */
    private static boolean isNothing(JsonNode desired) {
        return desired.isNull()
                || desired.isContainerNode() && desired.isEmpty()
                || desired.isTextual() && desired.asText().isEmpty();
    }

    /** {@code 1000m} and {@code 1} are the same. */
    private static boolean sameQuantity(String desired, String live) {
        try {
            return Quantity.getAmountInBytes(new Quantity(desired))
                            .compareTo(Quantity.getAmountInBytes(new Quantity(live)))
                    == 0;
        } catch (IllegalArgumentException notQuantities) {
            return false;
        }
    }
}
