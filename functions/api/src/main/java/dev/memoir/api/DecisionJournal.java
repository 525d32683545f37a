package dev.memoir.api;

import dev.memoir.people.Decision;
import dev.memoir.store.MediaStore;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Keeps decisions where they live: each an object of its own in the bucket of originals, never written again. Keys are unique, so
 * that functions need not know of each other.
 */
@ApplicationScoped
public class DecisionJournal {
    private final MediaStore store;

    public DecisionJournal(MediaStore store) {
        this.store = store;
    }

    /** Removes cut-out faces for good, all versions of them. */
    void erasePictures(List<String> keys) {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Long> erased : keys.stream()
                    .map(key -> threads.submit(() -> store.erase(store.config().derived(), key)))
                    .toList()) {
                erased.get();
            }
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException failure ? failure : new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while pictures of faces were erased", e);
        }
    }

    /** @return the decision, once the store has it */
    Decision keep(String by, Decision.What what) {
        Decision decision = Decision.of(Instant.now(), UUID.randomUUID(), by, what);
        store.put(
                store.config().originals(),
                decision.key(),
                decision.json().getBytes(StandardCharsets.UTF_8),
                "application/json");
        return decision;
    }
}
