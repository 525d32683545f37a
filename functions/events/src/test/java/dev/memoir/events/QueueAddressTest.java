package dev.memoir.events;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.memoir.testkit.TestCertificate;
import dev.memoir.testkit.TestQueue;
import io.nats.client.Connection;
import io.nats.client.Nats;
import java.io.IOException;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** On a real nats-server with TLS. */
class QueueAddressTest {
    @Test
    void withTheAuthorityOfTheQueueItIsBelievedAndWithoutItIsNot() throws Exception {
        try (TestCertificate own = TestCertificate.make();
                TestQueue server = TestQueue.start(own)) {
            String address = server.url().replace("nats://", "tls://").replace("127.0.0.1", "localhost");
            Connection connection = Nats.connect(new QueueAddress(address, Optional.of(own.certificate()))
                    .options()
                    .build());
            assertEquals(Connection.Status.CONNECTED, connection.getStatus());
            connection.close();

            refused(address, Optional.empty());
            refused(address.replace("localhost", "127.0.0.1"), Optional.of(own.certificate()));
            refused(address.replace("tls://", "nats://"), Optional.empty());
        }
    }

    private static void refused(String address, Optional<String> authority) {
        assertThrows(
                IOException.class,
                () -> Nats.connect(new QueueAddress(address, authority)
                        .options()
                        .noReconnect()
                        .build()));
    }
}
