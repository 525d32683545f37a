package dev.memoir.api;

import dev.memoir.media.Claims;
import dev.memoir.media.Sha256;
import dev.memoir.store.Keys;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.LocalDate;
import java.util.HexFormat;
import java.util.Optional;

/** Where an upload goes, and in how many parts. */
record UploadPlan(String key, long partSize, int parts) {
    /** Larger files are sent in parts, so that a lost connection costs one part and not the file. */
    private static final long WHOLE = 64L << 20;

    private static final long LEAST_PART = 16L << 20;
    private static final int MOST_PARTS = 10_000;

    /** What S3 stores at most. */
    private static final long LARGEST = 5L << 40;

    /** Bytes: what a file system takes, which a store may keep the file in, with room for what it adds. */
    private static final int LONGEST_NAME = 200;

    private static final SecureRandom RANDOM = new SecureRandom();

    static UploadPlan of(
            Claims who, String defaultOwner, String name, long size, Optional<Sha256> sha256, LocalDate today) {
        if (size < 1 || size > LARGEST) {
            throw new Problem.BadInput("size: between 1 byte and 5 TiB, not " + size);
        }
        // A camera's counter wraps: the same name again must not hide the file before it.
        String apart = sha256.map(hash -> hash.hex().substring(0, 8)).orElseGet(UploadPlan::random);
        String key = folder(who, defaultOwner) + "%d/%02d/".formatted(today.getYear(), today.getMonthValue()) + apart
                + "/" + checked(name);
        if (size <= WHOLE) {
            return new UploadPlan(key, size, 1);
        }
        long partSize = Math.max(LEAST_PART, Math.ceilDiv(size, MOST_PARTS));
        return new UploadPlan(key, partSize, (int) Math.ceilDiv(size, partSize));
    }

    boolean inParts() {
        return parts > 1;
    }

    /** The folder of a person's uploads. */
    static String folder(Claims who, String defaultOwner) {
        if (who.subject().equals(defaultOwner)) {
            return "uploads/";
        }
        String folder = Keys.USERS + who.subject() + "/uploads/";
        if (!Keys.owner(folder, defaultOwner).equals(who.subject())) {
            throw new Problem.BadInput("The name " + who.subject() + " can't be used in the bucket's keys.");
        }
        return folder;
    }

    private static String checked(String name) {
        boolean bad = name.isBlank()
                || name.getBytes(StandardCharsets.UTF_8).length > LONGEST_NAME
                || name.chars().anyMatch(c -> c == '/' || c == '\\' || Character.isISOControl(c))
                || name.equals(".")
                || name.equals("..");
        if (bad) {
            throw new Problem.BadInput(
                    "name: a file's name of 1 to " + LONGEST_NAME + " bytes in UTF-8, without folders");
        }
        if (Keys.kind(name) == Keys.Kind.UNFINISHED) {
            throw new Problem.BadInput("name: files called so are taken for unfinished uploads: " + name);
        }
        return name;
    }

    private static String random() {
        byte[] bytes = new byte[4];
        RANDOM.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
