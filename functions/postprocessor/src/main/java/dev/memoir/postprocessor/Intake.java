package dev.memoir.postprocessor;

import dev.memoir.catalog.Arrival;
import dev.memoir.catalog.Description;
import dev.memoir.catalog.FoundSidecar;
import dev.memoir.catalog.IngestCatalog;
import dev.memoir.catalog.KnownAsset;
import dev.memoir.catalog.KnownObject;
import dev.memoir.events.AssetPreviewed;
import dev.memoir.events.ObjectHint;
import dev.memoir.imaging.Darkroom;
import dev.memoir.imaging.Developed;
import dev.memoir.media.Rendition;
import dev.memoir.media.Sha256;
import dev.memoir.sidecars.Sidecars;
import dev.memoir.store.Keys;
import dev.memoir.store.MediaStore;
import dev.memoir.store.StoreException;
import dev.memoir.store.StoredObject;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.jboss.logging.Logger;

/**
 * Looks at a key and makes the catalog and the renditions agree with what the store holds there now. Said twice, or about
 * something that has changed again, it does no harm: the store is asked every time. Failures of the store, the database or
 * the disk are thrown and mean "later".
 */
public class Intake {
    private static final Logger LOG = Logger.getLogger(Intake.class);
    private static final String JPEG = "image/jpeg";

    /** A key that changes while it is read is read again so often; after that the events of its changes will come. */
    private static final int ATTEMPTS = 3;

    private final MediaStore store;
    private final IngestCatalog catalog;
    private final Darkroom darkroom;
    private final Path scratch;
    private final String defaultOwner;
    private final Sidecars sidecars;

    /** @param scratch an existing folder with room for the largest original */
    public Intake(MediaStore store, IngestCatalog catalog, Darkroom darkroom, Path scratch, String defaultOwner) {
        this.store = store;
        this.catalog = catalog;
        this.darkroom = darkroom;
        this.scratch = scratch;
        this.defaultOwner = defaultOwner;
        this.sidecars = new Sidecars(store, defaultOwner);
    }

    /** @return what the models may now look at: on every call, since an answer can get lost */
    public Optional<AssetPreviewed> look(ObjectHint hint) {
        return look(hint, false);
    }

    /** As {@link #look}, but asks the store for each rendition too, and makes those again that went missing. */
    public Optional<AssetPreviewed> lookThoroughly(ObjectHint hint) {
        return look(hint, true);
    }

    private Optional<AssetPreviewed> look(ObjectHint hint, boolean thoroughly) {
        if (!concernsUs(hint)) {
            return Optional.empty();
        }
        if (Keys.kind(hint.key()) == Keys.Kind.SIDECAR) {
            lookBeside(hint);
            return Optional.empty();
        }
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Optional<StoredObject> found = store.stat(hint.bucket(), hint.key());
            if (found.isEmpty()) {
                catalog.gone(hint.bucket(), hint.key());
                return Optional.empty();
            }
            Optional<KnownAsset> asset = knownAlready(found.get(), thoroughly);
            if (asset.isEmpty()) {
                asset = takeIn(found.get(), thoroughly);
            }
            if (asset.isPresent()) {
                return answer(asset.get());
            }
        }
        throw new StoreException(hint.bucket() + "/" + hint.key() + " changed " + ATTEMPTS
                + " times while it was read; it is tried again later");
    }

    /** What the API wrote, it wrote down as well: then there is nothing to do. */
    private void lookBeside(ObjectHint hint) {
        Optional<String> now = store.stat(hint.bucket(), hint.key()).map(StoredObject::etag);
        if (now.isEmpty() || !now.equals(catalog.sidecar(hint.bucket(), hint.key()))) {
            sidecars.look(hint.bucket(), hint.key(), new WholeCatalog());
        }
    }

    /** Everybody's rows. */
    private final class WholeCatalog implements Sidecars.Book {
        @Override
        public void record(FoundSidecar found) {
            found.problem().ifPresent(why -> LOG.warnf("what a sidecar says is left out: %s", why));
            catalog.record(found);
        }

        @Override
        public void gone(String bucket, String key) {
            catalog.gone(bucket, key);
        }
    }

    private boolean concernsUs(ObjectHint hint) {
        if (!Keys.kind(hint.key()).isGiven()
                || !hint.bucket().equals(store.config().originals())) {
            return false;
        }
        Optional<String> refusal = MediaStore.refusal(hint.key());
        refusal.ifPresent(why -> LOG.warnf("an object is left out, since its key can't be addressed: %s", why));
        return refusal.isEmpty();
    }

    /** The asset, when this very version was taken in by this pipeline: then nothing needs to be read. */
    private Optional<KnownAsset> knownAlready(StoredObject found, boolean thoroughly) {
        return catalog.object(found.bucket(), found.key())
                .filter(known -> isSame(known, found))
                .flatMap(known -> described(known.sha256(), thoroughly));
    }

    private static boolean isSame(KnownObject known, StoredObject found) {
        return known.etag().equals(found.etag())
                && known.versionId().equals(found.versionId())
                && known.size() == found.size();
    }

    private Optional<KnownAsset> described(Sha256 sha256, boolean thoroughly) {
        return catalog.asset(sha256)
                .filter(asset -> asset.pipeline() >= Darkroom.PIPELINE)
                .filter(asset -> !thoroughly || renditionsAreThere(asset));
    }

    private boolean renditionsAreThere(KnownAsset asset) {
        return Keys.derived(asset.sha256(), asset.renditions(), asset.frames()).stream()
                .allMatch(key -> store.stat(store.config().derived(), key).isPresent());
    }

    /** @return empty when the object changed meanwhile: then what was read is not what the key holds */
    private Optional<KnownAsset> takeIn(StoredObject found, boolean thoroughly) {
        Optional<Download> read = Download.of(store, found, scratch);
        if (read.isEmpty()) {
            return Optional.empty();
        }
        try (Download download = read.get()) {
            Optional<KnownAsset> before = described(download.sha256(), thoroughly);
            Optional<Description> description = before.isPresent() ? Optional.empty() : Optional.of(describe(download));
            if (!stillHolds(download.object())) {
                return Optional.empty();
            }
            catalog.record(arrival(download, description));
            return before.or(() -> description.map(
                    d -> new KnownAsset(download.sha256(), d.state(), d.renditions(), d.frames(), d.pipeline())));
        }
    }

    private boolean stillHolds(StoredObject read) {
        return store.stat(read.bucket(), read.key())
                .filter(now ->
                        now.versionId().equals(read.versionId()) && now.etag().equals(read.etag()))
                .isPresent();
    }

    /** Renditions are stored before the row is written: an asset that is seen has its pictures. */
    private Description describe(Download download) {
        Developed developed =
                darkroom.develop(download.file(), download.object().key());
        download.checkStillWhole();
        developed
                .renditions()
                .forEach((rendition, bytes) ->
                        store.put(store.config().derived(), Keys.rendition(download.sha256(), rendition), bytes, JPEG));
        for (int i = 0; i < developed.frames().size(); i++) {
            store.put(
                    store.config().derived(),
                    Keys.frame(download.sha256(), i + 1),
                    developed.frames().get(i),
                    JPEG);
        }
        return description(developed);
    }

    static Description description(Developed developed) {
        return new Description(
                developed.facts(),
                developed.state(),
                developed.reason(),
                Set.copyOf(developed.renditions().keySet()),
                developed.frames().size(),
                developed.thumbhash(),
                Darkroom.PIPELINE);
    }

    private Arrival arrival(Download download, Optional<Description> description) {
        StoredObject object = download.object();
        return new Arrival(
                object.bucket(),
                object.key(),
                object.versionId(),
                object.etag(),
                object.size(),
                object.lastModified(),
                Keys.owner(object.key(), defaultOwner),
                download.sha256(),
                description);
    }

    private static Optional<AssetPreviewed> answer(KnownAsset asset) {
        return asset.renditions().contains(Rendition.ANALYSIS)
                ? Optional.of(new AssetPreviewed(
                        asset.sha256().hex(), Keys.rendition(asset.sha256(), Rendition.ANALYSIS), false))
                : Optional.empty();
    }
}
