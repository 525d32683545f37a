package dev.memoir.runner.delivery;

import io.cloudevents.CloudEvent;
import java.util.Optional;

/** What became of one delivery. */
public sealed interface Outcome {
    /** One word for it. */
    default String token() {
        return switch (this) {
            case Done _ -> "done";
            case NotAccepted _ -> "not_accepted";
            case Failed _ -> "failed";
            case Lost _ -> "lost";
            case Misconfigured _ -> "misconfigured";
        };
    }

    /** The function took the event and is through with it. */
    record Done(Optional<CloudEvent> answer) implements Outcome {}

    /** No ready function accepted the request: a delay, however long it lasts. */
    record NotAccepted(String reason) implements Outcome {}

    /** A ready function accepted the request and did not get through: counts as an attempt. */
    record Failed(String reason) implements Outcome {}

    /** The same, since the connection was lost: most often the function died. */
    record Lost(String reason) implements Outcome {}

    /** The function does not know such events, or not this runner: no repetition mends that. */
    record Misconfigured(String reason) implements Outcome {}
}
