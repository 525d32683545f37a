package dev.memoir.custodian;

import dev.memoir.catalog.IngestCatalog;
import dev.memoir.catalog.KnownAsset;
import dev.memoir.catalog.KnownKey;
import dev.memoir.catalog.KnownObject;
import dev.memoir.catalog.ModelVersion;
import dev.memoir.custodian.Progress.Phase;
import dev.memoir.events.AssetEvents;
import dev.memoir.events.AssetPreviewed;
import dev.memoir.events.ObjectEvents;
import dev.memoir.events.ObjectHint;
import dev.memoir.events.Subjects;
import dev.memoir.media.Rendition;
import dev.memoir.media.Sha256;
import dev.memoir.store.Keys;
import dev.memoir.store.MediaStore;
import dev.memoir.store.StoredObject;
import java.io.IOException;
import java.util.Iterator;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Compares what is with what should be, and has the functions mend the difference. The bucket decides: events only
 * hinted, and some are lost. Nothing is mended here but rows of keys that are gone, since the rest takes the work that
 * functions do.
 */
final class Sweep {
    /** So many rows and not one object: more likely the wrong folder is mounted than that a family threw all away. */
    static final int SUSPICIOUS = 20;

    private final MediaStore store;
    private final IngestCatalog catalog;
    private final Outbox outbox;
    private final Wanted wanted;
    private final Checkpoints done;

    /**
     * What this version of Memoir makes of an asset.
     *
     * @param pipeline assets that an older one described are described again
     * @param models that should have spoken on every asset
     */
    record Wanted(int pipeline, Set<ModelVersion> models) {}

    Sweep(MediaStore store, IngestCatalog catalog, Outbox outbox, Wanted wanted, Checkpoints done) {
        this.store = store;
        this.catalog = catalog;
        this.outbox = outbox;
        this.wanted = wanted;
        this.done = done;
    }

    /**
     * Goes on where the checkpoints stand, to the end.
     *
     * @param emptyIsMeant true to believe an empty bucket
     */
    void run(boolean emptyIsMeant) throws IOException, InterruptedException {
        for (Phase phase : Phase.values()) {
            if (done.isPast(phase)) {
                continue;
            }
            String after = done.enter(phase);
            switch (phase) {
                case OBJECTS -> objects(after, emptyIsMeant);
                case PIPELINE -> olderPipeline(after);
                case RENDITIONS -> renditions(after);
                case ANALYSES -> analyses(after);
            }
        }
        done.finish();
    }

    private void objects(String after, boolean emptyIsMeant) throws IOException, InterruptedException {
        String bucket = store.config().originals();
        try (Stream<StoredObject> listing = store.list(bucket, "", after)) {
            Iterator<StoredObject> there = listing.iterator();
            if (after.isEmpty() && !there.hasNext() && !emptyIsMeant) {
                refuseSuspiciousEmptiness(bucket);
            }
            Pages<KnownKey> rows =
                    new Pages<>(last -> catalog.keys(bucket, last == null ? after : last.key(), Pages.SIZE));
            SideBySide.walk(there, StoredObject::key, rows, KnownKey::key, new SideBySide.Visitor<>() {
                @Override
                public void left(StoredObject object) throws IOException, InterruptedException {
                    seen(object);
                    emit(object);
                    done.reached(object.key());
                }

                @Override
                public void right(KnownKey row) throws IOException, InterruptedException {
                    confirmGone(row);
                    done.reached(row.key());
                }

                @Override
                public void both(StoredObject object, KnownKey row) throws IOException, InterruptedException {
                    seen(object);
                    if (!object.etag().equals(row.etag()) || object.size() != row.size()) {
                        emit(object);
                    }
                    done.reached(object.key());
                }
            });
        }
    }

    private void refuseSuspiciousEmptiness(String bucket) {
        if (catalog.keys(bucket, "", SUSPICIOUS).size() == SUSPICIOUS) {
            throw new Mistake(
                    "the bucket " + bucket + " is empty, but the catalog knows objects in it. Is the right folder"
                            + " or store there? If everything was removed on purpose: custodian sweep --empty-is-meant");
        }
    }

    private void seen(StoredObject object) {
        if (Keys.kind(object.key()) == Keys.Kind.ORIGINAL) {
            done.count().objects++;
        }
    }

    private void emit(StoredObject object) throws IOException, InterruptedException {
        if (!Keys.kind(object.key()).isGiven()) {
            return;
        }
        if (MediaStore.refusal(object.key()).isPresent()) {
            done.count().refused++;
            return;
        }
        put(new ObjectHint(
                object.bucket(),
                object.key(),
                object.versionId(),
                Optional.of(object.etag()),
                Optional.of(object.size())));
    }

    /** The listing is older than this moment: what came meanwhile is not gone. */
    private void confirmGone(KnownKey row) throws IOException, InterruptedException {
        Optional<StoredObject> after = store.stat(row.bucket(), row.key());
        if (after.isPresent()) {
            emit(after.get());
        } else if (catalog.gone(row.bucket(), row.key())) {
            done.count().gone++;
        }
    }

    private void olderPipeline(String after) throws IOException, InterruptedException {
        Pages<KnownObject> older = new Pages<>(last -> catalog.describedBefore(
                wanted.pipeline(), asset(last == null ? after : last.sha256().hex()), Pages.SIZE));
        while (older.hasNext()) {
            KnownObject holder = older.next();
            put(hint(holder));
            done.count().olderPipeline++;
            done.reached(holder.sha256().hex());
        }
    }

    private void renditions(String after) throws IOException, InterruptedException {
        try (Stream<StoredObject> listing = store.list(
                store.config().derived(), RenditionListing.PREFIX, RenditionListing.lastKeyOf(asset(after)))) {
            RenditionListing there = new RenditionListing(listing.iterator());
            Pages<KnownAsset> assets = new Pages<>(last -> catalog.withRenditions(
                    asset(last == null ? after : last.sha256().hex()), Pages.SIZE));
            while (assets.hasNext()) {
                KnownAsset asset = assets.next();
                Set<String> keys = there.keysOf(asset.sha256());
                if (asset.pipeline() >= wanted.pipeline() && lacksRendition(asset, keys)) {
                    Optional<KnownObject> holder = catalog.holder(asset.sha256());
                    if (holder.isPresent()) {
                        put(hint(holder.get()));
                        done.count().renditionsMissing++;
                    }
                }
                done.reached(asset.sha256().hex());
            }
        }
    }

    /** What the listing lacked is asked for once more: it may have been written meanwhile. */
    private boolean lacksRendition(KnownAsset asset, Set<String> listed) {
        return Keys.derived(asset.sha256(), asset.renditions(), asset.frames()).stream()
                .anyMatch(key -> !listed.contains(key)
                        && store.stat(store.config().derived(), key).isEmpty());
    }

    private void analyses(String after) throws IOException, InterruptedException {
        if (wanted.models().isEmpty()) {
            return;
        }
        Pages<Sha256> lacking = new Pages<>(
                last -> catalog.notAnalysedBy(wanted.models(), asset(last == null ? after : last.hex()), Pages.SIZE));
        while (lacking.hasNext()) {
            Sha256 asset = lacking.next();
            String key = Keys.rendition(asset, Rendition.ANALYSIS);
            // Without it the asset has just been sent to the postprocessor, whose answer leads to its analysis.
            if (store.stat(store.config().derived(), key).isPresent()) {
                outbox.put(
                        Subjects.PREVIEWED,
                        AssetEvents.previewed("custodian", new AssetPreviewed(asset.hex(), key, false)));
                done.count().emitted++;
                done.count().notAnalysed++;
            }
            done.reached(asset.hex());
        }
    }

    private void put(ObjectHint hint) throws IOException, InterruptedException {
        outbox.put(Subjects.OBJECT, ObjectEvents.swept(hint));
        done.count().emitted++;
    }

    private static ObjectHint hint(KnownObject row) {
        return new ObjectHint(
                row.bucket(), row.key(), row.versionId(), Optional.of(row.etag()), Optional.of(row.size()));
    }

    private static Optional<Sha256> asset(String hex) {
        return hex.isEmpty() ? Optional.empty() : Optional.of(new Sha256(hex));
    }
}
