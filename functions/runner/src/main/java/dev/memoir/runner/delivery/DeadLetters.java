package dev.memoir.runner.delivery;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.memoir.events.Subjects;
import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamManagement;
import io.nats.client.PublishOptions;
import io.nats.client.api.MessageInfo;
import io.nats.client.impl.NatsMessage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Events that were given up, with the reason, until a person sends them again or throws them away. */
public final class DeadLetters {
    private static final int NOT_FOUND = 10037;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Connection connection;
    private final JetStreamManagement management;
    private final String stream;

    /** @param stream that takes the subjects below {@link Subjects#DEAD} */
    DeadLetters(Connection connection, String stream) throws IOException {
        this.connection = connection;
        this.management = connection.jetStreamManagement();
        this.stream = stream;
    }

    /**
     * One that was given up.
     *
     * @param id its place in the stream
     * @param function that failed, or {@code store} for a notification that nobody understands
     * @param subject where it came from and goes again on a replay
     * @param event what was sent, as text
     */
    public record Letter(
            long id, String function, String subject, String reason, int attempts, Instant time, String event) {
        /** The key or the asset that it is about, as the event says. */
        public Optional<String> about() {
            try {
                JsonNode event = JSON.readTree(event());
                JsonNode data = event.path("data");
                for (String field : List.of("key", "sha256")) {
                    if (data.hasNonNull(field)) {
                        return Optional.of(data.path(field).asText());
                    }
                }
                return Optional.ofNullable(event.path("subject").textValue());
            } catch (JsonProcessingException notJson) {
                return Optional.empty();
            }
        }
    }

    /** Returns when the letter is stored. */
    void add(String function, String subject, byte[] event, String reason, int attempts, Instant time)
            throws IOException, JetStreamApiException {
        ObjectNode letter = JSON.createObjectNode()
                .put("function", function)
                .put("subject", subject)
                .put("reason", reason)
                .put("attempts", attempts)
                .put("time", time.toString())
                .put("event", event);
        connection
                .jetStream()
                .publish(
                        NatsMessage.builder()
                                .subject(Subjects.dead(function))
                                .data(JSON.writeValueAsBytes(letter))
                                .build(),
                        PublishOptions.builder().expectedStream(stream).build());
    }

    public long count() throws IOException, JetStreamApiException {
        return management.getStreamInfo(stream).getStreamState().getMsgCount();
    }

    /** Oldest first. */
    public List<Letter> list() throws IOException, JetStreamApiException {
        List<Letter> letters = new ArrayList<>();
        long next = 1;
        Optional<MessageInfo> found = from(next);
        while (found.isPresent()) {
            letters.add(letter(found.get()));
            found = from(found.get().getSeq() + 1);
        }
        return letters;
    }

    /**
     * Puts letters back where they came from; their attempts count from zero.
     *
     * @param id one of them; empty: all
     * @return how many
     */
    public int replay(OptionalLong id) throws IOException, JetStreamApiException {
        List<Letter> wanted = chosen(id);
        for (Letter letter : wanted) {
            connection.jetStream().publish(letter.subject(), letter.event().getBytes(StandardCharsets.UTF_8));
            management.deleteMessage(stream, letter.id());
        }
        return wanted.size();
    }

    /** As {@link #replay}, but they are gone. */
    public int drop(OptionalLong id) throws IOException, JetStreamApiException {
        List<Letter> wanted = chosen(id);
        for (Letter letter : wanted) {
            management.deleteMessage(stream, letter.id());
        }
        return wanted.size();
    }

    private List<Letter> chosen(OptionalLong id) throws IOException, JetStreamApiException {
        return list().stream()
                .filter(letter -> id.isEmpty() || letter.id() == id.getAsLong())
                .toList();
    }

    private Optional<MessageInfo> from(long sequence) throws IOException, JetStreamApiException {
        try {
            return Optional.of(management.getNextMessage(stream, sequence, Subjects.DEAD + ">"));
        } catch (JetStreamApiException e) {
            if (e.getApiErrorCode() == NOT_FOUND) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private static Letter letter(MessageInfo info) throws IOException {
        JsonNode json = JSON.readTree(info.getData());
        return new Letter(
                info.getSeq(),
                json.path("function").asText(),
                json.path("subject").asText(),
                json.path("reason").asText(),
                json.path("attempts").asInt(),
                Instant.parse(json.path("time").asText()),
                new String(json.path("event").binaryValue(), StandardCharsets.UTF_8));
    }
}
