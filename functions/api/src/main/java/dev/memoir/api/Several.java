package dev.memoir.api;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;

/** Asks the store for many things of one request, several at the same time. */
final class Several {
    /** The store answers several as fast as one, and others want to be served, too. */
    private static final int AT_THE_SAME_TIME = 8;

    private Several() {}

    /** What each gives, in the order of the items. */
    static <T> Map<UUID, T> each(Collection<UUID> items, Function<UUID, T> work) {
        Map<UUID, Future<T>> running = new LinkedHashMap<>();
        try (ExecutorService several = Executors.newFixedThreadPool(
                AT_THE_SAME_TIME, Thread.ofVirtual().name("item-", 0).factory())) {
            items.forEach(item -> running.put(item, several.submit(() -> work.apply(item))));
        }
        Map<UUID, T> done = new LinkedHashMap<>();
        running.forEach((item, result) -> done.put(item, result.resultNow()));
        return done;
    }
}
