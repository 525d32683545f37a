package dev.memoir.runner.delivery;

import io.nats.client.ConnectionListener;

/** Notices when the queue was away and is back. */
final class Link {
    private volatile Runnable onReturn = () -> {};
    private volatile boolean away;

    void onReturn(Runnable action) {
        onReturn = action;
    }

    void changed(ConnectionListener.Events event) {
        switch (event) {
            case DISCONNECTED -> away = true;
            case RECONNECTED -> {
                if (away) {
                    away = false;
                    Thread.ofVirtual().name("queue-back").start(onReturn);
                }
            }
            default -> {
                // nothing that changes what can be reached
            }
        }
    }
}
