package dev.memoir.catalog;

import dev.memoir.people.Decision;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** The copies of people's decisions. */
final class Decisions {
    private Decisions() {}

    static List<Decision> read(Handle handle) {
        return handle.createQuery("SELECT body FROM decision ORDER BY id")
                .mapTo(String.class)
                .map(Decision::read)
                .list();
    }

    static void write(Handle handle, Decision decision) {
        handle.createUpdate("INSERT INTO decision (id, body) VALUES (:id, :body) ON CONFLICT (id) DO NOTHING")
                .bind("id", decision.id())
                .bind("body", decision.json())
                .execute();
    }
}
