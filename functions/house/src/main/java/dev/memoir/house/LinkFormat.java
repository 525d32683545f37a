package dev.memoir.house;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.memoir.media.Sha256;
import dev.memoir.media.sharing.Link;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** How links are written down: JSON, version 1. */
final class LinkFormat {
    static final String LINK = "memoir.dev/link/v1";

    private LinkFormat() {}

    static byte[] write(Link link, Optional<String> passwordHash) {
        ObjectNode json = HouseFormat.document(LINK).put("id", link.id()).put("owner", link.owner());
        link.album().ifPresent(album -> json.put("album", album.toString()));
        var items = json.putArray("items");
        link.items()
                .forEach(item -> items.addObject()
                        .put("owner", item.owner())
                        .put("sha256", item.sha256().hex()));
        Link.Terms terms = link.terms();
        terms.title().ifPresent(title -> json.put("title", title));
        terms.expiresAt().ifPresent(end -> json.put("expiresAt", end.toString()));
        json.put("download", terms.download())
                .put("showPlace", terms.showPlace())
                .put("showNames", terms.showNames());
        passwordHash.ifPresent(hash -> json.put("passwordHash", hash));
        json.put("epoch", link.epoch()).put("createdAt", link.createdAt().toString());
        link.revokedAt().ifPresent(at -> json.put("revokedAt", at.toString()));
        return HouseFormat.bytes(json);
    }

    /** @throws IllegalStateException when it isn't one; the message names the key */
    static Links.Kept read(String key, byte[] content) {
        JsonNode json = HouseFormat.read(key, content, LINK);
        Optional<String> passwordHash = HouseFormat.text(json, "passwordHash");
        Link link = new Link(
                json.required("id").asText(),
                json.required("owner").asText(),
                items(json),
                HouseFormat.text(json, "album").map(UUID::fromString),
                new Link.Terms(
                        HouseFormat.text(json, "title"),
                        time(json, "expiresAt"),
                        json.path("download").asBoolean(),
                        json.path("showPlace").asBoolean(),
                        json.path("showNames").asBoolean()),
                passwordHash.isPresent(),
                json.required("epoch").asInt(),
                HouseFormat.time(json, "createdAt"),
                time(json, "revokedAt"));
        return new Links.Kept(link, passwordHash);
    }

    private static List<Link.Shared> items(JsonNode json) {
        return json.path("items")
                .valueStream()
                .map(item -> new Link.Shared(
                        item.required("owner").asText(),
                        new Sha256(item.required("sha256").asText())))
                .toList();
    }

    private static Optional<Instant> time(JsonNode json, String name) {
        return HouseFormat.text(json, name).map(Instant::parse);
    }
}
