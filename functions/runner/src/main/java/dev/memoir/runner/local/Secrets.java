package dev.memoir.runner.local;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;

/**
 * What the parts prove themselves to each other with: made at the first start, never logged, readable by the owner only.
 *
 * @param store the store's root key
 * @param phone the key that uploading phones use
 * @param queue user and password of the queue
 * @param database of the database's owner, the API and the ingesting functions
 * @param deliveryToken with which the runner delivers events
 */
public record Secrets(Key store, Key phone, Key queue, Passwords database, String deliveryToken) {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final ObjectMapper JSON = new ObjectMapper();

    /** A name and what proves it. */
    public record Key(String access, String secret) {
        @Override
        public String toString() {
            return "Key[" + access + "]";
        }
    }

    /** Of the three database roles. */
    public record Passwords(String owner, String api, String ingest) {
        @Override
        public String toString() {
            return "Passwords[…]";
        }
    }

    @Override
    public String toString() {
        return "Secrets[…]";
    }

    /** Reads the secrets in the folder and makes those that are missing. */
    public static Secrets in(Path folder) throws IOException {
        ObjectNode store = file(folder.resolve("store.json"), "accessKey", "memoir-" + random(4), "secretKey");
        ObjectNode phone = file(folder.resolve("phone.json"), "accessKey", "phone", "secretKey");
        ObjectNode queue = file(folder.resolve("queue.json"), "user", "memoir", "password");
        ObjectNode database = file(folder.resolve("database.json"), "owner", random(24), "api", "ingest");
        ObjectNode delivery = file(folder.resolve("delivery.json"), "for", "functions", "token");
        return new Secrets(
                new Key(
                        store.path("accessKey").asText(),
                        store.path("secretKey").asText()),
                new Key(
                        phone.path("accessKey").asText(),
                        phone.path("secretKey").asText()),
                new Key(queue.path("user").asText(), queue.path("password").asText()),
                new Passwords(
                        database.path("owner").asText(),
                        database.path("api").asText(),
                        database.path("ingest").asText()),
                delivery.path("token").asText());
    }

    /** Hexadecimal, so that it needs no quoting anywhere. */
    public static String random(int bytes) {
        byte[] random = new byte[bytes];
        RANDOM.nextBytes(random);
        return HexFormat.of().formatHex(random);
    }

    /** A file of secrets, made where it is missing. */
    static ObjectNode file(Path file, String name, String value, String... secrets) throws IOException {
        if (Files.exists(file)) {
            if (JSON.readTree(file.toFile()) instanceof ObjectNode read && complete(read, name, secrets)) {
                return read;
            }
            throw new IOException(file + " is not a complete secret file: put the right one back, or move it away"
                    + " to have a new one made");
        }
        ObjectNode fresh = JSON.createObjectNode().put(name, value);
        for (String secret : secrets) {
            fresh.put(secret, random(24));
        }
        writePrivately(file, JSON.writeValueAsString(fresh));
        return fresh;
    }

    private static boolean complete(ObjectNode read, String name, String... secrets) {
        boolean complete = read.hasNonNull(name);
        for (String secret : secrets) {
            complete &= read.hasNonNull(secret);
        }
        return complete;
    }

    /** Appears whole or not at all, mode 0600. */
    public static void writePrivately(Path file, String text) throws IOException {
        Path fresh = Files.createTempFile(
                file.getParent(),
                file.getFileName().toString(),
                ".new",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try {
            Files.writeString(fresh, text);
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(fresh);
        }
    }
}
