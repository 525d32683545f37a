package dev.memoir.runner.edge;

import io.vertx.core.json.JsonObject;
import java.util.Optional;

/** What administrators may see and have done of this machine. Nothing is woken by looking. */
public interface Office {
    /**
     * Asked on a virtual thread, about whoever was found to administer.
     *
     * @param method {@code GET} or {@code POST}
     * @param path after {@code /administration/}
     * @param asked the body; empty for {@code GET}
     * @return empty when there is no such thing
     * @throws IllegalArgumentException when something is missing in the body; the message says what
     */
    Optional<Reply> answer(String method, String path, JsonObject asked);

    /** @param json the body */
    record Reply(int status, String json) {}
}
