package dev.memoir.catalog;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.memoir.media.AlbumOrder;
import dev.memoir.media.Sha256;
import dev.memoir.media.access.AlbumRole;
import dev.memoir.media.access.Grantee;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;

/**
 * How an album is written down: {@code .memoir/albums/<id>.json} in the bucket of originals, JSON, version 1. What of it is not
 * there is left out.
 */
public final class AlbumDocument {
    private static final String FORMAT = "memoir.dev/album/v1";
    private static final JsonMapper JSON = new JsonMapper();

    private AlbumDocument() {}

    public static byte[] write(Album album) {
        ObjectNode json = JSON.createObjectNode()
                .put("format", FORMAT)
                .put("id", album.id().toString())
                .put("owner", album.owner())
                .put("name", album.name());
        if (!album.description().isEmpty()) {
            json.put("description", album.description());
        }
        album.cover().ifPresent(cover -> member(json.putObject("cover"), cover));
        album.parent().ifPresent(parent -> json.put("parent", parent.toString()));
        json.put("order", word(album.order()));
        album.rule().ifPresent(rule -> json.set("rule", rule(rule)));
        var grants = json.putArray("grants");
        new TreeMap<>(album.grants())
                .forEach((grantee, role) -> grants.addObject()
                        .put(word(grantee.kind()), grantee.name())
                        .put("role", word(role)));
        json.put("createdAt", album.createdAt().toString());
        json.put("changedAt", album.changedAt().toString());
        if (album.deleted()) {
            json.put("deleted", true);
        }
        var items = json.putArray("items");
        for (Album.Entry entry : album.entries()) {
            member(items.addObject(), entry.member())
                    .put("position", entry.position())
                    .put("addedBy", entry.by())
                    .put("addedAt", entry.at().toString());
        }
        return json.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** @throws IllegalArgumentException when it is no album that this version knows; the message names the key */
    public static Album read(String key, byte[] content) {
        try {
            JsonNode json = JSON.readTree(content);
            if (!FORMAT.equals(json.path("format").asText())) {
                throw new IllegalArgumentException("it is not in the format " + FORMAT + " but " + json.path("format"));
            }
            Album album = album(json);
            if (!Album.key(album.id()).equals(key)) {
                throw new IllegalArgumentException("its id is " + album.id());
            }
            return album;
        } catch (IOException | IllegalArgumentException | java.time.DateTimeException e) {
            throw new IllegalArgumentException(key + " is not an album that this version knows: " + e.getMessage(), e);
        }
    }

    private static Album album(JsonNode json) {
        Map<Grantee, AlbumRole> grants = new TreeMap<>();
        for (JsonNode grant : json.path("grants")) {
            Grantee grantee = grant.has("subject")
                    ? Grantee.subject(grant.get("subject").asText())
                    : Grantee.group(grant.required("group").asText());
            grants.put(grantee, role(grant.required("role").asText()));
        }
        List<Album.Entry> entries = new ArrayList<>();
        for (JsonNode item : json.path("items")) {
            entries.add(new Album.Entry(
                    member(item),
                    item.required("position").asLong(),
                    item.required("addedBy").asText(),
                    time(item, "addedAt").orElseThrow()));
        }
        entries.sort(Comparator.comparingLong(Album.Entry::position));
        return new Album(
                UUID.fromString(json.required("id").asText()),
                json.required("owner").asText(),
                json.required("name").asText(),
                json.path("description").asText(),
                json.has("cover") ? Optional.of(member(json.get("cover"))) : Optional.empty(),
                text(json, "parent").map(UUID::fromString),
                AlbumOrder.valueOf(constant(json.required("order").asText())),
                json.has("rule") ? Optional.of(readRule(json.get("rule"))) : Optional.empty(),
                grants,
                entries,
                time(json, "createdAt").orElseThrow(),
                time(json, "changedAt").orElseThrow(),
                json.path("deleted").asBoolean());
    }

    private static AlbumRole role(String word) {
        AlbumRole role = AlbumRole.valueOf(constant(word));
        if (role == AlbumRole.OWN) {
            throw new IllegalArgumentException("nobody can be given what is the owner's");
        }
        return role;
    }

    private static ObjectNode member(ObjectNode json, Album.Member member) {
        return json.put("owner", member.owner()).put("asset", member.asset().hex());
    }

    private static Album.Member member(JsonNode json) {
        return new Album.Member(
                json.required("owner").asText(),
                new Sha256(json.required("asset").asText()));
    }

    /** As documents and rows have it. */
    static ObjectNode rule(AlbumRule rule) {
        ObjectNode json = JSON.createObjectNode();
        var owners = json.putArray("owners");
        new TreeSet<>(rule.owners()).forEach(owners::add);
        return FilterDocument.write(rule.filter(false), json);
    }

    static AlbumRule readRule(String json) {
        try {
            return readRule(JSON.readTree(json));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("not a rule: " + json, e);
        }
    }

    private static AlbumRule readRule(JsonNode json) {
        Filter filter = FilterDocument.read(json);
        return new AlbumRule(
                FilterDocument.texts(json, "owners"),
                filter.people(),
                filter.labels(),
                filter.from(),
                filter.before(),
                filter.box());
    }

    private static Optional<String> text(JsonNode json, String name) {
        return Optional.ofNullable(json.get(name)).map(JsonNode::asText);
    }

    private static Optional<Instant> time(JsonNode json, String name) {
        return text(json, name).map(Instant::parse);
    }

    /** {@code BY_TIME} is {@code by-time}. */
    static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static String constant(String word) {
        return word.toUpperCase(Locale.ROOT).replace('-', '_');
    }
}
