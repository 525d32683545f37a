package dev.memoir.catalog;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.memoir.media.MediaKind;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * How a search is written down, as the rule of an album or by itself. Conditions that are not given are left out; those on media
 * types, states and NSFW scores, on albums and the trash can't be written.
 */
public final class FilterDocument {
    private FilterDocument() {}

    /** Whether nothing of it would be lost. */
    public static boolean holds(Filter filter) {
        return filter.mediaTypes().isEmpty()
                && filter.states().isEmpty()
                && filter.nsfw().isEmpty()
                && filter.album().isEmpty()
                && !filter.trashed();
    }

    /** @return {@code json} with the conditions in it */
    public static ObjectNode write(Filter filter, ObjectNode json) {
        filter.text().ifPresent(text -> json.put("text", text));
        filter.people().stream().map(UUID::toString).sorted().forEach(json.withArray("people")::add);
        filter.labels().forEach(json.withArray("labels")::add);
        filter.from().ifPresent(from -> json.put("takenFrom", from.toString()));
        filter.before().ifPresent(before -> json.put("takenBefore", before.toString()));
        filter.box()
                .ifPresent(box -> json.putObject("box")
                        .put("south", box.south())
                        .put("west", box.west())
                        .put("north", box.north())
                        .put("east", box.east()));
        new TreeSet<>(filter.kinds()).forEach(kind -> json.withArray("kinds").add(AlbumDocument.word(kind)));
        new TreeSet<>(filter.cameras()).forEach(json.withArray("cameras")::add);
        new TreeSet<>(filter.years()).forEach(json.withArray("years")::add);
        new TreeSet<>(filter.ratings()).forEach(json.withArray("ratings")::add);
        filter.marks().favourite().ifPresent(favourite -> json.put("favourite", favourite));
        filter.marks().archived().ifPresent(archived -> json.put("archived", archived));
        json.removeIf(value -> value.isArray() && value.isEmpty());
        return json;
    }

    /** @throws IllegalArgumentException when a condition can't be read */
    public static Filter read(JsonNode json) {
        JsonNode box = json.path("box");
        return new Filter(
                text(json, "text"),
                json.path("labels").valueStream().map(JsonNode::asText).toList(),
                text(json, "takenFrom").map(Instant::parse),
                text(json, "takenBefore").map(Instant::parse),
                box.isMissingNode()
                        ? Optional.empty()
                        : Optional.of(new GeoBox(
                                box.required("south").asDouble(),
                                box.required("west").asDouble(),
                                box.required("north").asDouble(),
                                box.required("east").asDouble())),
                texts(json, "kinds").stream()
                        .map(word -> MediaKind.valueOf(AlbumDocument.constant(word)))
                        .collect(Collectors.toSet()),
                Set.of(),
                texts(json, "cameras"),
                numbers(json, "years"),
                Set.of(),
                numbers(json, "ratings"),
                Optional.empty(),
                false,
                texts(json, "people").stream().map(UUID::fromString).collect(Collectors.toSet()),
                new Filter.Marks(mark(json, "favourite"), mark(json, "archived")));
    }

    private static Optional<String> text(JsonNode json, String name) {
        return Optional.ofNullable(json.get(name)).map(JsonNode::asText);
    }

    private static Optional<Boolean> mark(JsonNode json, String name) {
        return Optional.ofNullable(json.get(name)).map(JsonNode::asBoolean);
    }

    static Set<String> texts(JsonNode json, String name) {
        return json.path(name).valueStream().map(JsonNode::asText).collect(Collectors.toSet());
    }

    private static Set<Integer> numbers(JsonNode json, String name) {
        return json.path(name).valueStream().map(JsonNode::asInt).collect(Collectors.toSet());
    }
}
