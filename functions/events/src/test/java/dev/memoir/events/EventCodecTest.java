package dev.memoir.events;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.memoir.events.EventCodec.HttpMessage;
import io.cloudevents.CloudEvent;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventCodecTest {
    @ParameterizedTest
    @ValueSource(
            strings = {"a.jpg", "a b.jpg", "😀/é.jpg", "100%.jpg", "%41.jpg", "\"q\".jpg", "a\r\nx-evil: 1", "a+b.jpg"})
    void anyKeySurvivesTheQueueAndHttp(String key) throws Exception {
        ObjectHint hint =
                new ObjectHint("originals", key, Optional.of("v1"), Optional.of("e1"), Optional.of(5_000_000_000L));
        CloudEvent event = EventCodec.with(ObjectEvents.swept(hint), "traceparent", "00-ab-cd-01");

        CloudEvent queued = EventCodec.ofJson(EventCodec.toJson(event));
        HttpMessage http = EventCodec.toHttp(queued);
        CloudEvent delivered = EventCodec.ofHttp(http.headers(), http.body()).orElseThrow();

        assertEquals(key, delivered.getSubject());
        assertEquals(event.getId(), delivered.getId());
        assertEquals(EventTypes.SWEPT, delivered.getType());
        assertEquals("00-ab-cd-01", delivered.getExtension("traceparent"));
        assertEquals(hint, EventCodec.objectHint(delivered));
    }

    @Test
    void headersHoldPrintableAsciiOnly() {
        HttpMessage http = EventCodec.toHttp(ObjectEvents.swept(
                new ObjectHint("originals", "😀 \n\"%", Optional.empty(), Optional.empty(), Optional.empty())));

        assertEquals("%F0%9F%98%80%20%0A%22%25", http.headers().get("ce-subject"));
        assertTrue(http.headers().values().stream().allMatch(v -> v.chars().allMatch(c -> c > 0x20 && c < 0x7f)));
        assertEquals("application/json", http.headers().get("content-type"));
    }

    @Test
    void anAnswerWithoutAnEventIsNone() throws Exception {
        assertEquals(Optional.empty(), EventCodec.ofHttp(Map.of("Content-Length", "0"), new byte[0]));
    }

    @Test
    void anAnswerOfAFunctionIsReadWhateverTheCaseOfItsHeaders() throws Exception {
        CloudEvent answer = EventCodec.ofHttp(
                        Map.of(
                                "CE-SpecVersion", "1.0",
                                "CE-Id", "1",
                                "CE-Source", "postprocessor",
                                "CE-Type", EventTypes.PREVIEWED,
                                "Content-Type", "application/json"),
                        "{\"sha256\":\"ab\",\"analysisKey\":\"k\",\"again\":true}".getBytes(StandardCharsets.UTF_8))
                .orElseThrow();

        assertEquals(new AssetPreviewed("ab", "k", true), EventCodec.assetPreviewed(answer));
    }

    @Test
    void brokenMessagesAreRefusedByTheOneDeclaredException() {
        for (String broken : new String[] {"", "{}", "[]", "{\"specversion\":\"1.0\"}", "nonsense"}) {
            assertThrows(
                    UnreadableEventException.class,
                    () -> EventCodec.ofJson(broken.getBytes(StandardCharsets.UTF_8)),
                    broken);
        }
        assertThrows(
                UnreadableEventException.class,
                () -> EventCodec.ofHttp(Map.of("ce-type", "x", "ce-specversion", "1.0"), new byte[0]));
    }
}
