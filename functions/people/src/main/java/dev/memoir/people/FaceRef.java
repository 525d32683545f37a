package dev.memoir.people;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.memoir.media.Sha256;
import java.util.List;
import java.util.Map;

/**
 * A face as decisions name it: by the content that shows it and the place there, so that it is found again whatever model
 * found it. Written as {@code {"asset": "<sha256>", "box": [left, top, width, height]}}.
 */
public record FaceRef(Sha256 asset, Region region) {

    @JsonCreator
    static FaceRef read(@JsonProperty("asset") String asset, @JsonProperty("box") List<Double> box) {
        if (asset == null || box == null || box.size() != 4) {
            throw new IllegalArgumentException("a face is written as its asset and four numbers");
        }
        return new FaceRef(new Sha256(asset), new Region(box.get(0), box.get(1), box.get(2), box.get(3)));
    }

    @JsonValue
    Map<String, Object> write() {
        return Map.of(
                "asset", asset.hex(), "box", List.of(region.left(), region.top(), region.width(), region.height()));
    }

    /** Whether both most probably mean the same face. */
    public boolean meets(FaceRef other) {
        return asset.equals(other.asset) && region.meets(other.region);
    }
}
