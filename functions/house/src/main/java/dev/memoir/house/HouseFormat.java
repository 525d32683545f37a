package dev.memoir.house;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/** How people and invitations are written down: JSON, version 1 of each. */
final class HouseFormat {
    static final String USER = "memoir.dev/user/v1";
    static final String INVITATION = "memoir.dev/invitation/v1";

    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private HouseFormat() {}

    static byte[] write(User user) {
        ObjectNode json = document(USER).put("name", user.name());
        rights(json, user.rights());
        json.put("removed", user.removed());
        user.passwordHash().ifPresent(hash -> json.put("passwordHash", hash));
        user.recoveryHashes().forEach(json.putArray("recoveryHashes")::add);
        if (!user.passkeys().equals(Passkeys.NONE)) {
            PasskeyFormat.write(json.putObject("passkeys"), user.passkeys());
        }
        var sessions = json.putArray("sessions");
        for (User.Session session : user.sessions()) {
            sessions.addObject()
                    .put("id", session.id())
                    .put("createdAt", session.createdAt().toString())
                    .put("expiresAt", session.expiresAt().toString())
                    .put("device", session.device());
        }
        json.put("createdAt", user.createdAt().toString());
        json.put("changedAt", user.changedAt().toString());
        return bytes(json);
    }

    /** @throws IllegalStateException when it isn't one; the message names the key */
    static User user(String key, byte[] content) {
        JsonNode json = read(key, content, USER);
        return new User(
                json.required("name").asText(),
                rights(json),
                json.path("removed").asBoolean(),
                text(json, "passwordHash"),
                json.path("recoveryHashes").valueStream().map(JsonNode::asText).toList(),
                PasskeyFormat.read(json.path("passkeys")),
                sessions(json),
                time(json, "createdAt"),
                time(json, "changedAt"));
    }

    private static List<User.Session> sessions(JsonNode json) {
        return json.path("sessions")
                .valueStream()
                .map(session -> new User.Session(
                        session.required("id").asText(),
                        time(session, "createdAt"),
                        time(session, "expiresAt"),
                        session.path("device").asText()))
                .toList();
    }

    static byte[] write(Invitation invitation) {
        ObjectNode json = document(INVITATION).put("id", invitation.id());
        invitation.name().ifPresent(name -> json.put("name", name));
        json.put("reset", invitation.reset());
        rights(json, invitation.rights());
        json.put("createdAt", invitation.createdAt().toString());
        json.put("expiresAt", invitation.expiresAt().toString());
        invitation.usedBy().ifPresent(name -> json.put("usedBy", name));
        return bytes(json);
    }

    /** @throws IllegalStateException when it isn't one; the message names the key */
    static Invitation invitation(String key, byte[] content) {
        JsonNode json = read(key, content, INVITATION);
        return new Invitation(
                json.required("id").asText(),
                text(json, "name"),
                json.path("reset").asBoolean(),
                rights(json),
                time(json, "createdAt"),
                time(json, "expiresAt"),
                text(json, "usedBy"));
    }

    static ObjectNode document(String format) {
        return JSON.createObjectNode().put("format", format);
    }

    static void rights(ObjectNode json, Rights rights) {
        rights.groups().forEach(json.putArray("groups")::add);
        rights.attributes().forEach(json.putObject("attributes")::put);
    }

    private static Rights rights(JsonNode json) {
        TreeSet<String> groups = new TreeSet<>();
        json.path("groups").forEach(group -> groups.add(group.asText()));
        TreeMap<String, String> attributes = new TreeMap<>();
        for (Map.Entry<String, JsonNode> attribute : json.path("attributes").properties()) {
            attributes.put(attribute.getKey(), attribute.getValue().asText());
        }
        return new Rights(groups, attributes);
    }

    static byte[] bytes(JsonNode json) {
        try {
            return JSON.writeValueAsBytes(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A later version is left alone: who wrote it knew more. */
    static JsonNode read(String key, byte[] content, String format) {
        try {
            JsonNode json = JSON.readTree(content);
            if (!format.equals(json.path("format").asText())) {
                throw new IllegalStateException(
                        key + " is not in the format " + format + " but " + json.path("format"));
            }
            return json;
        } catch (IOException e) {
            throw new IllegalStateException(key + " is not JSON: " + e.getMessage(), e);
        }
    }

    static Optional<String> text(JsonNode json, String name) {
        return Optional.ofNullable(json.get(name)).map(JsonNode::asText);
    }

    static Instant time(JsonNode json, String name) {
        return Instant.parse(json.required(name).asText());
    }
}
