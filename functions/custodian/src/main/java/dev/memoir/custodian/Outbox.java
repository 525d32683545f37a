package dev.memoir.custodian;

import io.cloudevents.CloudEvent;
import java.io.IOException;

/** Where a sweep puts the work it finds. */
interface Outbox {
    /** Returns when the queue has stored the event. */
    void put(String kind, CloudEvent event) throws IOException, InterruptedException;
}
