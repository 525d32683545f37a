package dev.memoir.ai;

import dev.memoir.ai.picture.Encoder;
import dev.memoir.ai.picture.Pixels;
import dev.memoir.catalog.IngestCatalog;
import dev.memoir.media.Rendition;
import dev.memoir.media.Sha256;
import dev.memoir.models.Preparation.Channels;
import dev.memoir.store.MediaStore;
import java.util.UUID;

/**
 * Everything an analysis does, on a made-up picture of an analysis rendition's size and without leaving a trace: the
 * object is taken away again, and the catalog is only asked.
 */
final class Rehearsal {
    private static final int WIDTH = Rendition.ANALYSIS.longSide();
    private static final int HEIGHT = WIDTH * 3 / 4;
    private static final int QUALITY = 90;

    /** No content has this hash. */
    private static final Sha256 NOBODY = new Sha256("0".repeat(64));

    private final MediaStore store;
    private final IngestCatalog catalog;
    private final Vision vision;

    Rehearsal(MediaStore store, IngestCatalog catalog, Vision vision) {
        this.store = store;
        this.catalog = catalog;
        this.vision = vision;
    }

    void run() {
        catalog.asset(NOBODY);
        catalog.analyses(NOBODY);
        String bucket = store.config().derived();
        String key = "rehearsal/" + UUID.randomUUID() + ".jpg";
        store.put(bucket, key, Encoder.jpeg(gradient(), QUALITY), "image/jpeg");
        try {
            new RenditionReader(store).read(key).ifPresent(vision::look);
        } finally {
            store.delete(bucket, key);
        }
    }

    private static Pixels gradient() {
        byte[] bgr = new byte[3 * WIDTH * HEIGHT];
        for (int i = 0; i < WIDTH * HEIGHT; i++) {
            bgr[3 * i] = (byte) (255 * (i % WIDTH) / WIDTH);
            bgr[3 * i + 1] = (byte) (255 * (i / WIDTH) / HEIGHT);
            bgr[3 * i + 2] = (byte) (i * 31 >> 3);
        }
        return new Pixels(bgr, Channels.BGR, WIDTH, HEIGHT);
    }
}
