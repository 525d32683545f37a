package dev.memoir.runner.delivery;

import io.nats.client.Connection;
import io.nats.client.ErrorListener;

/** What the queue's client reports goes to the troubles, not to the console. */
final class QuietErrors implements ErrorListener {
    private final Troubles troubles;

    QuietErrors(Troubles troubles) {
        this.troubles = troubles;
    }

    @Override
    public void errorOccurred(Connection connection, String error) {
        troubles.report("queue", error);
    }
}
