package dev.memoir.postprocessor;

import dev.memoir.media.Sha256;
import dev.memoir.store.MediaStore;
import dev.memoir.store.StoreException;
import dev.memoir.store.StoredObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Optional;

/**
 * An object's bytes in a scratch file, read from the store once; closing it deletes the file.
 *
 * @param object what the store said of the very version that was read
 * @param sha256 of the bytes that were read
 */
record Download(StoredObject object, Path file, Sha256 sha256) implements AutoCloseable {
    /** What others may need of the disk meanwhile, renditions and a film's poster included. */
    private static final long SPARE = 64L << 20;

    /**
     * @return empty when that version is not there any more
     * @throws StoreException when fewer or more bytes came than the store said
     * @throws UncheckedIOException when the scratch folder can't take them
     */
    static Optional<Download> of(MediaStore store, StoredObject wanted, Path scratch) {
        Optional<MediaStore.ObjectContent> content = store.read(wanted.bucket(), wanted.key(), wanted.versionId());
        if (content.isEmpty()) {
            return Optional.empty();
        }
        Path file = null;
        try (MediaStore.ObjectContent open = content.get()) {
            checkSpace(scratch, open.object());
            file = Files.createTempFile(scratch, "memoir-", ".original");
            return Optional.of(new Download(open.object(), file, copy(open, file)));
        } catch (IOException e) {
            discard(file);
            throw new UncheckedIOException(
                    "copying " + wanted.bucket() + "/" + wanted.key() + " to " + scratch + " failed", e);
        } catch (RuntimeException e) {
            discard(file);
            throw e;
        }
    }

    private static Sha256 copy(MediaStore.ObjectContent content, Path file) throws IOException {
        MessageDigest digest = sha256Digest();
        try (InputStream in = new DigestInputStream(content.bytes(), digest);
                OutputStream out = Files.newOutputStream(file)) {
            long size = in.transferTo(out);
            if (size != content.object().size()) {
                throw new StoreException("reading %s/%s gave %d bytes, the store had promised %d"
                        .formatted(
                                content.object().bucket(),
                                content.object().key(),
                                size,
                                content.object().size()));
            }
        }
        return Sha256.of(digest.digest());
    }

    private static void checkSpace(Path scratch, StoredObject object) throws IOException {
        long free = Files.getFileStore(scratch).getUsableSpace();
        if (free < object.size() + SPARE) {
            throw new IOException(
                    "%s has %d MiB left, an original of %d MiB needs more: make room or set MEMOIR_SCRATCH"
                            .formatted(scratch, free >> 20, object.size() >> 20));
        }
    }

    static MessageDigest sha256Digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every JDK must have it
        }
    }

    /**
     * To be asked after the file was looked at: what was found out of one that somebody took away meanwhile says nothing of
     * the original.
     *
     * @throws UncheckedIOException when the bytes are not there any more
     */
    void checkStillWhole() {
        try {
            if (Files.size(file) != object.size()) {
                throw new IOException(file + " has changed");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "the copy of " + object.bucket() + "/" + object.key() + " was taken away while it was read", e);
        }
    }

    @Override
    public void close() {
        discard(file);
    }

    private static void discard(Path file) {
        try {
            if (file != null) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("deleting " + file + " failed", e);
        }
    }
}
