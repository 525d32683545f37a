package dev.memoir.events;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import java.io.IOException;

/** The data of our events as JSON: what is unknown is left out. */
final class EventJson {
    private static final JsonMapper JSON = JsonMapper.builder()
            .addModule(new Jdk8Module())
            .defaultPropertyInclusion(
                    JsonInclude.Value.construct(JsonInclude.Include.NON_ABSENT, JsonInclude.Include.ALWAYS))
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private EventJson() {}

    static byte[] write(Object data) {
        try {
            return JSON.writeValueAsBytes(data);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a record of ours can't be written as JSON: " + e.getOriginalMessage(), e);
        }
    }

    static <T> T read(byte[] json, Class<T> type) throws UnreadableEventException {
        try {
            T read = JSON.readValue(json, type);
            if (read == null) {
                throw new UnreadableEventException("the event's data is null");
            }
            return read;
        } catch (IOException e) {
            throw new UnreadableEventException("the event's data is no " + type.getSimpleName(), e);
        }
    }
}
