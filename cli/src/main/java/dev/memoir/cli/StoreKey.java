package dev.memoir.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.memoir.store.MediaStore;
import dev.memoir.store.StoreConfig;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A key of the store out of the library's secrets. Its text form does not show it. */
record StoreKey(JsonNode json) {
    static final String ORIGINALS = "originals";
    private static final String DERIVED = "derived";
    private static final String REGION = "us-east-1";

    /** @param name {@code store} (may do everything) or {@code phone} (may upload) */
    static StoreKey read(Installation installation, String name) {
        Path file = installation.secrets().resolve(name + ".json");
        try {
            return new StoreKey(Json.parse(Files.readString(file)));
        } catch (AccessDeniedException e) {
            throw Failure.cannot(
                    "The store's key " + file + " belongs to somebody else.",
                    "Run this command as the person who started Memoir.");
        } catch (IOException e) {
            throw Failure.cannot(
                    "The store's key " + file + " cannot be read: " + e,
                    "It is made when Memoir starts: ./memoir down, then ./memoir up --detach");
        }
    }

    MediaStore open(RunnerFile runner) {
        return MediaStore.open(new StoreConfig(
                runner.storeAddressHere(),
                runner.storeAddressHere(),
                REGION,
                json.path("accessKey").asText(),
                json.path("secretKey").asText(),
                ORIGINALS,
                DERIVED));
    }

    @Override
    public String toString() {
        return "StoreKey[" + json.path("accessKey").asText() + "]";
    }
}
