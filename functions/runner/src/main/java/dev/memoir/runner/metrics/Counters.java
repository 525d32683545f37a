package dev.memoir.runner.metrics;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** One family of counters, told apart by labels whose values come from a closed set. Safe for many threads. */
final class Counters {
    private final String name;
    private final String help;
    private final Map<String, LongAdder> counters = new ConcurrentHashMap<>();

    /** @param name without {@code _total} */
    Counters(String name, String help) {
        this.name = name + "_total";
        this.help = help;
    }

    /** @param labels as {@link Exposition#labels} makes them */
    void add(String labels) {
        counters.computeIfAbsent(labels, fresh -> new LongAdder()).increment();
    }

    /** Known from the beginning: what appears with its first event can't be seen to rise. */
    void begin(String labels) {
        counters.computeIfAbsent(labels, fresh -> new LongAdder());
    }

    void write(Exposition text) {
        text.family(name, "counter", help);
        new TreeMap<>(counters).forEach((labels, counter) -> text.sample(name, labels, counter.sum()));
    }
}
