package dev.memoir.cli;

import dev.memoir.store.MediaStore;
import dev.memoir.store.StoredObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/** One file and the key that it gets in the originals bucket. */
record Upload(MediaStore store, String key, Path file) {

    /**
     * @return false when the key holds these bytes already
     * @throws UncheckedIOException when the file cannot be read
     */
    boolean sendUnlessThere() {
        if (there()) {
            return false;
        }
        send();
        return true;
    }

    void send() {
        if (!Files.isReadable(file)) {
            throw new UncheckedIOException(new IOException("this file cannot be read"));
        }
        store.put(
                StoreKey.ORIGINALS,
                key,
                file,
                MediaNames.typeOrOther(file.getFileName().toString()));
    }

    private boolean there() {
        try {
            Optional<StoredObject> stored = store.stat(StoreKey.ORIGINALS, key);
            if (stored.isEmpty() || stored.get().size() != Files.size(file)) {
                return false;
            }
            return stored.get().etag().equals(md5(file)) || sameBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The ETag of what came in one piece is its MD5; of anything else the bytes are compared, without being sent. */
    private boolean sameBytes() throws IOException {
        Optional<MediaStore.ObjectContent> content = store.read(StoreKey.ORIGINALS, key, Optional.empty());
        if (content.isEmpty()) {
            return false;
        }
        try (MediaStore.ObjectContent there = content.get();
                InputStream mine = Files.newInputStream(file)) {
            return digest("SHA-256", mine).equals(digest("SHA-256", there.bytes()));
        }
    }

    private static String md5(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return digest("MD5", in);
        }
    }

    static String digest(String algorithm, InputStream bytes) throws IOException {
        try (DigestInputStream digesting = new DigestInputStream(bytes, MessageDigest.getInstance(algorithm))) {
            digesting.transferTo(java.io.OutputStream.nullOutputStream());
            return HexFormat.of().formatHex(digesting.getMessageDigest().digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has " + algorithm, e);
        }
    }
}
