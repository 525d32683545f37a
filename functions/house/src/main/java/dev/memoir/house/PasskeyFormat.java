package dev.memoir.house;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** {@code passkeys} in a person's document. */
final class PasskeyFormat {
    private PasskeyFormat() {}

    static void write(ObjectNode json, Passkeys passkeys) {
        passkeys.handle().ifPresent(handle -> json.put("handle", handle));
        var all = json.putArray("all");
        for (Passkey passkey : passkeys.all()) {
            ObjectNode one = all.addObject()
                    .put("id", passkey.id())
                    .put("publicKey", passkey.publicKey())
                    .put("counter", passkey.counter())
                    .put("site", passkey.site())
                    .put("backedUp", passkey.backedUp())
                    .put("label", passkey.label());
            new TreeSet<>(passkey.transports()).forEach(one.putArray("transports")::add);
            one.put("createdAt", passkey.createdAt().toString());
            passkey.usedAt().ifPresent(time -> one.put("usedAt", time.toString()));
        }
        ObjectNode answered = json.putObject("answered");
        new TreeMap<>(passkeys.answered()).forEach((challenge, until) -> answered.put(challenge, until.toString()));
    }

    /** @param json missing where there never was one */
    static Passkeys read(JsonNode json) {
        if (json.isMissingNode()) {
            return Passkeys.NONE;
        }
        return new Passkeys(
                HouseFormat.text(json, "handle"),
                json.path("all").valueStream().map(PasskeyFormat::passkey).toList(),
                json.path("answered").properties().stream()
                        .collect(Collectors.toMap(
                                Map.Entry::getKey,
                                end -> Instant.parse(end.getValue().asText()))));
    }

    private static Passkey passkey(JsonNode json) {
        return new Passkey(
                json.required("id").asText(),
                json.required("publicKey").asText(),
                json.required("counter").asLong(),
                json.required("site").asText(),
                json.path("backedUp").asBoolean(),
                json.path("transports").valueStream().map(JsonNode::asText).collect(Collectors.toSet()),
                json.path("label").asText(),
                HouseFormat.time(json, "createdAt"),
                HouseFormat.text(json, "usedAt").map(Instant::parse));
    }
}
