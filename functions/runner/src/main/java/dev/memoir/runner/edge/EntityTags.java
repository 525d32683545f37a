package dev.memoir.runner.edge;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What tells one version of a file from the next (RFC 9110, entity tags): its content. Time and size would not, since an image's
 * files all have the same time, and a page that names another script of the same length has the same size.
 */
final class EntityTags {
    /** Bytes of a hash: two versions of one file are compared, not all files with each other. */
    private static final int LENGTH = 12;

    private static final int BUFFER = 1 << 14;

    private final Map<Path, Known> known = new ConcurrentHashMap<>();

    private record Known(FileTime modified, long size, String tag) {}

    /** Read once, and again when its time or size have changed. */
    String of(Path file) throws IOException {
        BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
        Known before = known.get(file);
        if (before != null && before.modified().equals(now.lastModifiedTime()) && before.size() == now.size()) {
            return before.tag();
        }
        Known read = new Known(now.lastModifiedTime(), now.size(), '"' + hash(file) + '"');
        known.put(file, read);
        return read.tag();
    }

    private static String hash(Path file) throws IOException {
        try (InputStream content = Files.newInputStream(file)) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            byte[] buffer = new byte[BUFFER];
            for (int read = content.read(buffer); read >= 0; read = content.read(buffer)) {
                digest.update(buffer, 0, read);
            }
            return HexFormat.of().formatHex(digest.digest(), 0, LENGTH);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
