package dev.memoir.postprocessor;

import dev.memoir.catalog.Arrival;
import dev.memoir.catalog.IngestCatalog;
import dev.memoir.imaging.Darkroom;
import dev.memoir.imaging.Developed;
import dev.memoir.media.AssetState;
import dev.memoir.media.Sha256;
import dev.memoir.store.MediaStore;
import dev.memoir.store.StoreException;
import dev.memoir.store.StoredObject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Takes in a photo of its own making, through the same store, catalog and darkroom, and leaves nothing behind: so that the
 * JVM's cache learns what real work needs, and so that a new version is tried before anything depends on it.
 */
public class Rehearsal {
    /** In the derived bucket, whose events wake nobody. */
    static final String FOLDER = "rehearsal/";

    private final MediaStore store;
    private final IngestCatalog catalog;
    private final Darkroom darkroom;
    private final Path scratch;
    private final String defaultOwner;

    public Rehearsal(MediaStore store, IngestCatalog catalog, Darkroom darkroom, Path scratch, String defaultOwner) {
        this.store = store;
        this.catalog = catalog;
        this.darkroom = darkroom;
        this.scratch = scratch;
        this.defaultOwner = defaultOwner;
    }

    /** @throws IllegalStateException when the photo was not understood: something is wrong with this installation */
    public void run() {
        String folder = FOLDER + UUID.randomUUID() + "/";
        List<String> written = new ArrayList<>();
        try {
            take(folder, written);
        } finally {
            written.forEach(key -> store.delete(store.config().derived(), key));
        }
    }

    private void take(String folder, List<String> written) {
        String key = folder + "IMG_20250102_030405.jpg";
        put(key, RehearsalPhoto.jpeg(), written);
        StoredObject object = store.stat(store.config().derived(), key).orElseThrow(() -> gone(key));
        catalog.object(object.bucket(), object.key());
        try (Download download = Download.of(store, object, scratch).orElseThrow(() -> gone(key))) {
            Sha256 sha256 = download.sha256();
            catalog.asset(sha256);
            Developed developed = darkroom.develop(download.file(), key);
            if (developed.state() != AssetState.READY) {
                throw new IllegalStateException("the rehearsal's photo came out as " + developed.state() + ": "
                        + developed.reason().orElse("") + " (memoir doctor says what is missing)");
            }
            developed.renditions().forEach((rendition, bytes) -> put(folder + rendition.fileName(), bytes, written));
            catalog.rehearse(new Arrival(
                    object.bucket(),
                    object.key(),
                    object.versionId(),
                    object.etag(),
                    object.size(),
                    object.lastModified(),
                    defaultOwner,
                    sha256,
                    Optional.of(Intake.description(developed))));
        }
    }

    private void put(String key, byte[] bytes, List<String> written) {
        written.add(key);
        store.put(store.config().derived(), key, bytes, "image/jpeg");
    }

    private StoreException gone(String key) {
        return new StoreException("the store lost " + store.config().derived() + "/" + key);
    }
}
