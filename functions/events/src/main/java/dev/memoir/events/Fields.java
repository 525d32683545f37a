package dev.memoir.events;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.regex.Pattern;

/** The fields that all formats have, read with the same suspicion. */
final class Fields {
    /** What Amazon and every other store allow, with some room. It becomes the source of the event, a URI. */
    private static final Pattern BUCKET = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,254}");

    private Fields() {}

    static String bucket(JsonNode name) throws UnreadableEventException {
        if (!name.isTextual() || !BUCKET.matcher(name.textValue()).matches()) {
            throw new UnreadableEventException("the notification names no bucket");
        }
        return name.textValue();
    }

    /** Absent, null and empty are all "unknown"; {@code "null"} is S3's version id for "no versions". */
    static Optional<String> text(JsonNode field) {
        return Optional.ofNullable(field.textValue()).filter(text -> !text.isEmpty() && !text.equals("null"));
    }

    static Optional<String> etag(JsonNode field) {
        return text(field).map(text -> text.replace("\"", "")).filter(text -> !text.isEmpty());
    }

    static Optional<Long> size(JsonNode field) {
        return field.isIntegralNumber() && field.canConvertToLong() && field.longValue() >= 0
                ? Optional.of(field.longValue())
                : Optional.empty();
    }

    static Optional<Instant> time(JsonNode field) {
        try {
            return text(field).map(text -> OffsetDateTime.parse(text).toInstant());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
