package dev.memoir.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What GraphQL lists of a photo.
 *
 * @param owner whose entry for it this is
 * @param keys that hold it now
 */
record Asset(String id, String owner, String sha256, String state, String reason, List<String> keys, boolean labelled) {
    private static final String PAGE = """
            query($after: String) {
              assets(first: 100, after: $after) {
                pageInfo { hasNextPage endCursor }
                edges { node { id owner sha256 state reason labelledAt objects { key current } } }
              }
            }""";

    /** All that this person sees, by SHA-256; their own entry of what another has, too. An entry that is listed twice is an error. */
    static Map<String, Asset> all(Household household, String user) {
        Map<String, Asset> all = new HashMap<>();
        Set<String> listed = new HashSet<>();
        String variables = "{}";
        JsonNode page;
        do {
            page = household
                    .query(PAGE, "--variables", variables, "--user", user)
                    .path("assets");
            for (JsonNode edge : page.path("edges")) {
                Asset asset = of(edge.path("node"));
                if (!listed.add(asset.id())) {
                    throw new AssertionError(asset.sha256() + " is listed twice");
                }
                all.merge(asset.sha256(), asset, (one, other) -> other.owner().equals(user) ? other : one);
            }
            variables =
                    "{\"after\":\"" + page.path("pageInfo").path("endCursor").asText() + "\"}";
        } while (page.path("pageInfo").path("hasNextPage").asBoolean());
        return all;
    }

    private static Asset of(JsonNode node) {
        List<String> keys = new ArrayList<>();
        node.path("objects").forEach(object -> {
            if (object.path("current").asBoolean()) {
                keys.add(object.path("key").asText());
            }
        });
        return new Asset(
                node.path("id").asText(),
                node.path("owner").asText(),
                node.path("sha256").asText(),
                node.path("state").asText().toLowerCase(java.util.Locale.ROOT),
                node.path("reason").asText(""),
                keys.stream().sorted().toList(),
                node.hasNonNull("labelledAt"));
    }
}
