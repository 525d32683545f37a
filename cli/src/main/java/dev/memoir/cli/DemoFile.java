package dev.memoir.cli;

import java.time.Instant;
import java.util.Optional;

/**
 * One file that the demonstration was given.
 *
 * @param name for the report: the file's name, with its folders where two files have the same name
 * @param key in the originals bucket
 * @param sha256 of the bytes that were put, 64 hexadecimal digits
 * @param delivery what became of the put
 */
record DemoFile(String name, String key, String sha256, Delivery delivery) {

    sealed interface Delivery {
        /** @param at when the store had taken the last byte */
        record Put(Instant at) implements Delivery {}

        /** The store or the disk refused. */
        record Failed(String reason) implements Delivery {}

        /** Not a photo to Memoir: nothing was put. */
        record Skipped(String reason) implements Delivery {}
    }

    Optional<Instant> putAt() {
        return delivery instanceof Delivery.Put put ? Optional.of(put.at()) : Optional.empty();
    }
}
