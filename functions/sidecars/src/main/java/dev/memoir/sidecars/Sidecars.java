package dev.memoir.sidecars;

import dev.memoir.catalog.FoundSidecar;
import dev.memoir.catalog.Library.SidecarPlace;
import dev.memoir.media.Edits;
import dev.memoir.media.Facts;
import dev.memoir.media.Sha256;
import dev.memoir.store.Documents.Document;
import dev.memoir.store.Keys;
import dev.memoir.store.MediaStore;
import dev.memoir.store.StoreException;
import java.io.IOException;
import java.util.Optional;

/**
 * The sidecars in the bucket of originals: reads them, and changes them by writes that the store refuses when somebody else was
 * faster. The bucket decides; the catalog is told what it holds.
 */
public final class Sidecars {
    /** So many others at once are no family. */
    private static final int ATTEMPTS = 20;

    private final MediaStore store;
    private final String defaultOwner;

    public Sidecars(MediaStore store, String defaultOwner) {
        this.store = store;
        this.defaultOwner = defaultOwner;
    }

    /** The catalog, as far as somebody may write to it. */
    public interface Book {
        void record(FoundSidecar found);

        void gone(String bucket, String key);
    }

    /** What somebody wants to be said instead. */
    public interface Change {
        /** @param file what the file itself says */
        Edits of(Edits before, Facts file);
    }

    /** What became of a wish. */
    public sealed interface Outcome {}

    /** The store has it. When both are the same, nothing was written. */
    public record Said(Edits before, Edits after) implements Outcome {}

    /** @param reason for people */
    public record NotPossible(String reason) implements Outcome {}

    /**
     * Reads a sidecar and writes down what it says. It is looked at once more after that: of several who write down at the same
     * time, the last one thus leaves what the bucket holds.
     */
    public void look(String bucket, String key, Book book) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Optional<FoundSidecar> found = found(bucket, key);
            found.ifPresentOrElse(book::record, () -> book.gone(bucket, key));
            Optional<String> now = store.stat(bucket, key).map(object -> object.etag());
            if (now.equals(found.map(FoundSidecar::etag))) {
                return;
            }
        }
        throw new StoreException(
                bucket + "/" + key + " changed " + ATTEMPTS + " times while it was read; it is tried again later",
                null);
    }

    /** What a sidecar says now; empty where there is none. */
    public Optional<FoundSidecar> found(String bucket, String key) {
        return read(bucket, key).map(document -> found(bucket, document));
    }

    private FoundSidecar found(String bucket, Document read) {
        Optional<Sha256> content = Optional.empty();
        Edits edits = Edits.NONE;
        Optional<String> problem = Optional.empty();
        try {
            Sidecar sidecar = Sidecar.read(read.content());
            content = sidecar.content();
            edits = sidecar.edits();
        } catch (BrokenSidecar broken) {
            problem = Optional.of(read.key() + " " + broken.getMessage());
        }
        return new FoundSidecar(
                bucket,
                read.key(),
                Keys.owner(read.key(), defaultOwner),
                read.etag(),
                read.content().length,
                content,
                edits,
                problem);
    }

    /**
     * Has a sidecar say something else. Returns when the store has it; {@link #look} then writes it down.
     *
     * @param content the content that it is said of
     * @param file what that says of itself
     */
    public Outcome change(SidecarPlace place, Sha256 content, Facts file, Change change) {
        Optional<String> refusal = MediaStore.refusal(place.key());
        if (refusal.isPresent()) {
            return new NotPossible("its sidecar would have no name that a store takes: " + refusal.get());
        }
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Optional<Document> there = read(place.bucket(), place.key());
            Optional<Document> from = there.or(() -> place.from().flatMap(key -> read(place.bucket(), key)));
            Sidecar sidecar;
            try {
                sidecar = from.isPresent() ? Sidecar.read(from.get().content()) : Sidecar.blank();
            } catch (BrokenSidecar broken) {
                return new NotPossible(from.get().key() + " " + broken.getMessage()
                        + ". It is left as it is: mend it or move it away, then try again");
            }
            Edits before = sidecar.edits(content);
            Edits after = change.of(before, file);
            if (after.equals(before) || write(there, place.key(), sidecar.saying(after, content))) {
                return new Said(before, after);
            }
        }
        throw new StoreException(
                place.bucket() + "/" + place.key() + " changed " + ATTEMPTS + " times while it was written", null);
    }

    private boolean write(Optional<Document> there, String key, byte[] content) {
        return there.isPresent()
                ? store.documents().replace(there.get(), content)
                : store.documents().create(key, content);
    }

    /** One byte more than a sidecar may have is enough to tell. */
    private Optional<Document> read(String bucket, String key) {
        Optional<MediaStore.ObjectContent> found = store.read(bucket, key, Optional.empty());
        if (found.isEmpty()) {
            return Optional.empty();
        }
        try (MediaStore.ObjectContent content = found.get()) {
            byte[] bytes = content.bytes().readNBytes(Sidecar.LARGEST + 1);
            return Optional.of(new Document(key, bytes, content.object().etag()));
        } catch (IOException e) {
            throw new StoreException("reading " + bucket + "/" + key + " failed", e);
        }
    }
}
