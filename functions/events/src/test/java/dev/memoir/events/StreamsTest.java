package dev.memoir.events;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.memoir.testkit.TestQueue;
import io.cloudevents.CloudEvent;
import io.nats.client.Connection;
import io.nats.client.Message;
import io.nats.client.api.ConsumerConfiguration;
import io.nats.client.api.RetentionPolicy;
import io.nats.client.api.StorageType;
import io.nats.client.api.StreamConfiguration;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** On a real nats-server. */
class StreamsTest {
    private TestQueue server;
    private Connection connection;

    @BeforeEach
    void connect() {
        server = TestQueue.start();
        connection = server.connect();
    }

    @AfterEach
    void close() throws Exception {
        connection.close();
        server.close();
    }

    @Test
    void makesStreamsThatAreKeptOnDiskAndConsumersForEachFunctionAndLaneAndDoesSoAgain() throws Exception {
        Streams.ensure(connection);
        Streams.ensure(connection);

        StreamConfiguration work =
                connection.jetStreamManagement().getStreamInfo(Streams.WORK).getConfiguration();
        assertEquals(RetentionPolicy.WorkQueue, work.getRetentionPolicy());
        assertEquals(StorageType.File, work.getStorageType());
        assertEquals(
                new TreeSet<>(Stream.of("postprocessor-new", "postprocessor-backfill", "ai-new", "ai-backfill")
                        .toList()),
                new TreeSet<>(connection.jetStreamManagement().getConsumerNames(Streams.WORK)));
        ConsumerConfiguration consumer = connection
                .jetStreamManagement()
                .getConsumerInfo(Streams.WORK, "ai-backfill")
                .getConsumerConfiguration();
        assertEquals(Duration.ofSeconds(30), consumer.getAckWait());
        assertEquals(-1, consumer.getMaxDeliver());
        assertEquals("memoir.work.backfill.previewed", consumer.getFilterSubject());
        assertTrue(connection.keyValueManagement().getBucketNames().contains(Streams.ATTEMPTS));
    }

    @Test
    void ensuringKeepsWhatIsQueued() throws Exception {
        Streams.ensure(connection);
        publish("a.jpg");
        Streams.ensure(connection);

        assertEquals(
                "a.jpg", EventCodec.ofJson(next("postprocessor-new").getData()).getSubject());
    }

    @Test
    void whatAStorePublishesPlainlyIsKeptForTheStoreConsumer() throws Exception {
        Streams.ensure(connection);
        connection.publish(Subjects.STORE, "hello".getBytes(StandardCharsets.UTF_8));

        Message message = next(Streams.STORE, Streams.STORE_CONSUMER);

        assertEquals("hello", new String(message.getData(), StandardCharsets.UTF_8));
    }

    @Test
    void aRepeatedEventIsQueuedAgainSinceRepeatingIsHowLossIsMended() throws Exception {
        Streams.ensure(connection);
        publish("a.jpg");
        publish("a.jpg");

        long queued = connection
                .jetStreamManagement()
                .getStreamInfo(Streams.WORK)
                .getStreamState()
                .getMsgCount();
        assertEquals(2, queued);
        assertEquals(EventCodec.JSON, next("postprocessor-new").getHeaders().getFirst("Content-Type"));
    }

    @Test
    void publishingToAQueueWithoutStreamsFailsInsteadOfLosingTheEvent() {
        assertThrows(IOException.class, () -> publish("a.jpg"));
    }

    private void publish(String key) throws Exception {
        CloudEvent event = ObjectEvents.swept(
                new ObjectHint("originals", key, Optional.empty(), Optional.empty(), Optional.empty()));
        new EventPublisher(connection).publish(Lane.NEW, Subjects.OBJECT, event);
    }

    private Message next(String consumer) throws Exception {
        return next(Streams.WORK, consumer);
    }

    private Message next(String stream, String consumer) throws Exception {
        return connection.getStreamContext(stream).getConsumerContext(consumer).next(Duration.ofSeconds(10));
    }
}
