package dev.memoir.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.memoir.media.AssetState;
import dev.memoir.media.Label;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Asks GraphQL for many assets at once. */
final class DemoQuestion {
    /** Below the API's limit on a query's cost. */
    private static final int AT_ONCE = 20;

    private static final String FIELDS = """
            fragment Shown on Asset {
              sha256 state reason mediaType width height takenAtLocal takenAtOffset latitude longitude
              visibleAt labelledAt nsfw
              labels { name confidence }
              objects { key seenAt }
            }
            """;

    private final GraphQlClient graphQl;

    DemoQuestion(GraphQlClient graphQl) {
        this.graphQl = graphQl;
    }

    /** @return those that are there, by SHA-256 */
    Map<String, DemoAsset> ask(Collection<String> sha256s) {
        Map<String, DemoAsset> found = new HashMap<>();
        List<String> all = List.copyOf(sha256s);
        for (int from = 0; from < all.size(); from += AT_ONCE) {
            for (DemoAsset asset : some(all.subList(from, Math.min(all.size(), from + AT_ONCE)))) {
                found.put(asset.sha256(), asset);
            }
        }
        return found;
    }

    private List<DemoAsset> some(List<String> sha256s) {
        StringBuilder declared = new StringBuilder();
        StringBuilder asked = new StringBuilder();
        ObjectNode variables = Json.object();
        for (int i = 0; i < sha256s.size(); i++) {
            declared.append("$s").append(i).append(": String! ");
            asked.append("  a%d: asset(sha256: $s%d) { ...Shown }%n".formatted(i, i));
            variables.put("s" + i, sha256s.get(i));
        }
        GraphQlClient.Answer answer =
                graphQl.ask("query Demo(" + declared + ") {\n" + asked + "}\n" + FIELDS, variables);
        if (!answer.errors().isEmpty()) {
            throw Failure.failed(
                    "GraphQL did not say what was found out: " + answer.errors().getFirst(), "See ./memoir logs api");
        }
        List<DemoAsset> found = new ArrayList<>();
        answer.data().forEach(asset -> {
            if (!asset.isNull()) {
                found.add(read(asset));
            }
        });
        return found;
    }

    private static DemoAsset read(JsonNode asset) {
        List<Label> labels = new ArrayList<>();
        asset.path("labels")
                .forEach(l -> labels.add(
                        new Label(l.path("name").asText(), l.path("confidence").asDouble())));
        Map<String, Instant> seen = new HashMap<>();
        asset.path("objects")
                .forEach(object -> instant(object, "seenAt")
                        .ifPresent(at -> seen.merge(object.path("key").asText(), at, (a, b) -> a.isAfter(b) ? a : b)));
        return new DemoAsset(
                asset.path("sha256").asText(),
                asset.path("mediaType").asText(),
                present(asset, "width").map(JsonNode::asInt),
                present(asset, "height").map(JsonNode::asInt),
                takenAt(asset),
                present(asset, "latitude").map(JsonNode::asDouble),
                present(asset, "longitude").map(JsonNode::asDouble),
                instant(asset, "visibleAt"),
                instant(asset, "labelledAt"),
                seen,
                labels,
                present(asset, "nsfw").map(JsonNode::asDouble),
                AssetState.ofWireName(asset.path("state").asText()),
                present(asset, "reason").map(JsonNode::asText));
    }

    /** The wall clock where it was taken; an offset that is not known is read as UTC, as Memoir sorts by it. */
    private static Optional<String> takenAt(JsonNode asset) {
        ZoneOffset offset = present(asset, "takenAtOffset")
                .map(value -> ZoneOffset.of(value.asText()))
                .orElse(ZoneOffset.UTC);
        return present(asset, "takenAtLocal")
                .map(value -> LocalDateTime.parse(value.asText())
                        .atOffset(offset)
                        .format(DateTimeFormatter.ISO_OFFSET_DATE_TIME));
    }

    private static Optional<JsonNode> present(JsonNode node, String field) {
        return Optional.of(node.path(field)).filter(value -> !value.isMissingNode() && !value.isNull());
    }

    private static Optional<Instant> instant(JsonNode node, String field) {
        return present(node, field).map(value -> Instant.parse(value.asText()));
    }
}
