package dev.memoir.cli;

import dev.memoir.media.AssetState;
import dev.memoir.media.Label;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What Memoir knows of an asset, as far as the demonstration shows it.
 *
 * @param takenAt ISO 8601
 * @param visibleAt when the asset first was in its owner's lists
 * @param labelledAt when the models had spoken
 * @param seenAt bucket key → when it was last seen to hold this asset
 * @param nsfw 0 to 1
 * @param state {@code ready}, {@code no_preview} or {@code damaged}
 */
record DemoAsset(
        String sha256,
        String mediaType,
        Optional<Integer> width,
        Optional<Integer> height,
        Optional<String> takenAt,
        Optional<Double> latitude,
        Optional<Double> longitude,
        Optional<Instant> visibleAt,
        Optional<Instant> labelledAt,
        Map<String, Instant> seenAt,
        List<Label> labels,
        Optional<Double> nsfw,
        AssetState state,
        Optional<String> reason) {

    /** Whether all that Memoir does with such an asset is done. */
    boolean complete() {
        return state != AssetState.READY || labelledAt.isPresent();
    }

    /** From the put's end until it was in the lists, at least 0: for content that was there before, until this put was seen. */
    Optional<Duration> untilVisible(DemoFile file) {
        return since(file, visibleAt);
    }

    Optional<Duration> untilLabelled(DemoFile file) {
        return since(file, labelledAt);
    }

    private Optional<Duration> since(DemoFile file, Optional<Instant> happened) {
        return file.putAt()
                .flatMap(put -> happened.map(moment -> {
                    Instant seen = seenAt.getOrDefault(file.key(), moment);
                    Duration passed = Duration.between(put, seen.isAfter(moment) ? seen : moment);
                    return passed.isNegative() ? Duration.ZERO : passed;
                }));
    }
}
