package dev.memoir.runner.delivery;

import io.nats.client.Message;
import java.time.Duration;

/** Tells the queue, as long as it is open, that the work on a message goes on: else it would be delivered again. */
final class Heartbeat implements AutoCloseable {
    private static final Duration EVERY = Duration.ofSeconds(10);

    private final Thread beating;

    Heartbeat(Message message) {
        beating = Thread.ofVirtual().name("in-progress").start(() -> {
            try {
                while (true) {
                    Thread.sleep(EVERY);
                    message.inProgress();
                }
            } catch (InterruptedException done) {
                // closed
            } catch (IllegalStateException connectionClosed) {
                // the message will come again; everybody is prepared for that
            }
        });
    }

    @Override
    public void close() {
        beating.interrupt();
    }
}
