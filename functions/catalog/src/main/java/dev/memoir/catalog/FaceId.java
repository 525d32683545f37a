package dev.memoir.catalog;

import dev.memoir.media.Sha256;
import dev.memoir.people.Region;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** A face's id follows from its asset, the models that found it and its place: found again, it is the same. */
public final class FaceId {
    /** A place that differs by less than a thousandth of the picture is the same. */
    private static final double GRID = 1000;

    private FaceId() {}

    public static UUID of(Sha256 asset, ModelVersion models, Region box) {
        String text = asset.hex() + " " + models.model() + " " + models.version() + " " + Math.round(box.left() * GRID)
                + " " + Math.round(box.top() * GRID) + " " + Math.round(box.width() * GRID) + " "
                + Math.round(box.height() * GRID);
        return HashedId.of(text.getBytes(StandardCharsets.UTF_8));
    }
}
