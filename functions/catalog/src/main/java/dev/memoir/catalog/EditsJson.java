package dev.memoir.catalog;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.memoir.media.Edits;
import dev.memoir.media.GeoPoint;
import dev.memoir.media.Sha256;
import dev.memoir.media.TakenAt;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** {@link Edits} as JSON; what is as the file says is left out. */
public final class EditsJson {
    /** In what stands by itself, instead of a stack's name. */
    static final String ALONE = "alone";

    private static final JsonMapper JSON = new JsonMapper();
    private static final String STACK = "stack";

    private EditsJson() {}

    /** Text is cleaned on the way. */
    public static String write(Edits edits) {
        ObjectNode json = JSON.createObjectNode();
        edits.title().ifPresent(text -> json.put("title", CleanText.of(text, CleanText.SHORT)));
        edits.description().ifPresent(text -> json.put("description", CleanText.of(text, CleanText.LONG)));
        edits.tags()
                .ifPresent(tags -> json.set(
                        "tags",
                        JSON.valueToTree(tags.stream()
                                .map(tag -> CleanText.of(tag, CleanText.SHORT))
                                .toList())));
        edits.rating().ifPresent(stars -> json.put("rating", stars));
        edits.taken().ifPresent(taken -> {
            json.put("taken", taken.local().truncatedTo(ChronoUnit.MICROS).toString());
            taken.offset().ifPresent(offset -> json.put("offset", offset.getTotalSeconds()));
        });
        edits.place().ifPresent(place -> {
            ObjectNode at = json.putObject("place");
            place.point().ifPresent(point -> {
                at.put("latitude", point.latitude());
                at.put("longitude", point.longitude());
                point.altitude().ifPresent(metres -> at.put("altitude", metres));
            });
        });
        edits.orientation().ifPresent(stored -> json.put("orientation", stored));
        if (edits.favourite()) {
            json.put("favourite", true);
        }
        if (edits.archived()) {
            json.put("archived", true);
        }
        edits.stack()
                .ifPresent(
                        stack -> json.put(STACK, stack.cover().map(Sha256::hex).orElse(ALONE)));
        edits.trashed().ifPresent(since -> json.put("trashed", since.toString()));
        return json.toString();
    }

    /** @throws IllegalArgumentException when that was not written by {@link #write} */
    public static Edits read(String text) {
        try {
            JsonNode json = JSON.readTree(text);
            return new Edits(
                    text(json, "title"),
                    text(json, "description"),
                    tags(json),
                    whole(json, "rating"),
                    taken(json),
                    place(json.path("place")),
                    whole(json, "orientation"),
                    json.path("favourite").asBoolean(),
                    json.path("archived").asBoolean(),
                    text(json, STACK)
                            .map(name -> new Edits.Stack(
                                    name.equals(ALONE) ? Optional.empty() : Optional.of(new Sha256(name)))),
                    text(json, "trashed").map(Instant::parse));
        } catch (JsonProcessingException | RuntimeException e) {
            throw new IllegalArgumentException("these are no edits", e);
        }
    }

    private static Optional<String> text(JsonNode json, String name) {
        return json.path(name).isTextual() ? Optional.of(json.path(name).asText()) : Optional.empty();
    }

    private static Optional<Integer> whole(JsonNode json, String name) {
        return json.path(name).isInt() ? Optional.of(json.path(name).asInt()) : Optional.empty();
    }

    private static Optional<Double> number(JsonNode json, String name) {
        return json.path(name).isNumber() ? Optional.of(json.path(name).asDouble()) : Optional.empty();
    }

    private static Optional<List<String>> tags(JsonNode json) {
        if (!json.path("tags").isArray()) {
            return Optional.empty();
        }
        List<String> tags = new ArrayList<>();
        json.path("tags").forEach(tag -> tags.add(tag.asText()));
        return Optional.of(tags);
    }

    private static Optional<TakenAt> taken(JsonNode json) {
        return text(json, "taken")
                .map(local -> new TakenAt(
                        LocalDateTime.parse(local),
                        whole(json, "offset").map(ZoneOffset::ofTotalSeconds),
                        TakenAt.Source.EDITED));
    }

    private static Optional<Edits.Place> place(JsonNode at) {
        if (!at.isObject()) {
            return Optional.empty();
        }
        return Optional.of(new Edits.Place(number(at, "latitude")
                .flatMap(latitude -> number(at, "longitude")
                        .map(longitude -> new GeoPoint(latitude, longitude, number(at, "altitude"))))));
    }
}
