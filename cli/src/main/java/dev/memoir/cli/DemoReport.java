package dev.memoir.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.memoir.media.AssetState;
import dev.memoir.media.Label;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What the demonstration found out, as a script and as a person reads it.
 *
 * @param assets by their SHA-256
 * @param functions function → state, when all was over
 */
record DemoReport(List<DemoFile> files, Map<String, DemoAsset> assets, Map<String, String> functions) {
    private static final String MISSING = "missing";
    private static final String FAILED = "failed";
    private static final String SKIPPED = "skipped";

    /** Whether every file was taken in, is listed, and is labelled if it can be. */
    boolean allWell() {
        return files.stream()
                .filter(file -> !(file.delivery() instanceof DemoFile.Delivery.Skipped))
                .allMatch(file -> file.putAt().isPresent()
                        && asset(file).map(DemoAsset::complete).orElse(false));
    }

    private Optional<DemoAsset> asset(DemoFile file) {
        return Optional.ofNullable(assets.get(file.sha256()));
    }

    private record Outcome(String state, Optional<String> reason) {}

    private Outcome outcome(DemoFile file) {
        return switch (file.delivery()) {
            case DemoFile.Delivery.Failed failed -> new Outcome(FAILED, Optional.of(failed.reason()));
            case DemoFile.Delivery.Skipped skipped -> new Outcome(SKIPPED, Optional.of(skipped.reason()));
            case DemoFile.Delivery.Put put ->
                asset(file)
                        .map(asset -> new Outcome(asset.state().wireName(), asset.reason()))
                        .orElse(new Outcome(MISSING, Optional.of("it did not become visible in time")));
        };
    }

    /** The contract of {@code demo --json}: these fields and no others; null is unknown. */
    ObjectNode json() {
        ObjectNode report = Json.object();
        ArrayNode rows = report.putArray("assets");
        files.forEach(file -> row(rows.addObject(), file));
        ObjectNode states = report.putObject("functions");
        functions.forEach(states::put);
        return report;
    }

    private void row(ObjectNode row, DemoFile file) {
        Optional<DemoAsset> asset = file.putAt().isPresent() ? asset(file) : Optional.empty();
        Outcome outcome = outcome(file);
        row.put("name", file.name());
        row.put("sha256", file.sha256());
        row.put("mediaType", asset.map(DemoAsset::mediaType).orElse(null));
        row.put("width", asset.flatMap(DemoAsset::width).orElse(null));
        row.put("height", asset.flatMap(DemoAsset::height).orElse(null));
        row.put("takenAt", asset.flatMap(DemoAsset::takenAt).orElse(null));
        row.put("latitude", asset.flatMap(DemoAsset::latitude).orElse(null));
        row.put("longitude", asset.flatMap(DemoAsset::longitude).orElse(null));
        row.put("visibleMs", millis(asset.flatMap(a -> a.untilVisible(file))));
        row.put("labelledMs", millis(asset.flatMap(a -> a.untilLabelled(file))));
        ArrayNode labels = row.putArray("labels");
        asset.map(DemoAsset::labels)
                .orElse(List.of())
                .forEach(label -> labels.addObject().put("name", label.name()).put("confidence", label.confidence()));
        row.put("nsfw", asset.flatMap(DemoAsset::nsfw).orElse(null));
        row.put("state", outcome.state());
        row.put("reason", outcome.reason().orElse(null));
    }

    private static Long millis(Optional<Duration> duration) {
        return duration.map(Duration::toMillis).orElse(null);
    }

    void print(Terminal terminal) {
        int width = files.stream().mapToInt(file -> file.name().length()).max().orElse(4);
        String format = "%-" + Math.min(40, width) + "s  %-16s %-11s %-10s %-18s %8s %8s  %s";
        terminal.print(
                format.formatted("name", "type", "pixels", "taken", "place", "visible", "labelled", "what it is"));
        files.forEach(file -> terminal.print(line(format, file).stripTrailing()));
    }

    private String line(String format, DemoFile file) {
        Outcome outcome = outcome(file);
        Optional<DemoAsset> asset = asset(file);
        String what = outcome.state().equals(AssetState.READY.wireName())
                ? asset.map(DemoReport::labels).orElse("")
                : outcome.state()
                        + outcome.reason().map(reason -> ": " + reason).orElse("");
        return format.formatted(
                file.name(),
                asset.map(DemoAsset::mediaType).orElse(""),
                asset.flatMap(a -> a.width().flatMap(w -> a.height().map(h -> w + "x" + h)))
                        .orElse(""),
                asset.flatMap(DemoAsset::takenAt)
                        .map(taken -> taken.substring(0, Math.min(10, taken.length())))
                        .orElse(""),
                asset.flatMap(DemoReport::place).orElse(""),
                seconds(asset.flatMap(a -> a.untilVisible(file))),
                seconds(asset.flatMap(a -> a.untilLabelled(file))),
                what);
    }

    private static Optional<String> place(DemoAsset asset) {
        return asset.latitude()
                .flatMap(lat -> asset.longitude().map(lon -> String.format(Locale.ROOT, "%.4f, %.4f", lat, lon)));
    }

    private static String seconds(Optional<Duration> duration) {
        return duration.map(d -> String.format(Locale.ROOT, "%.2f s", d.toMillis() / 1e3))
                .orElse("");
    }

    private static String labels(DemoAsset asset) {
        String labels =
                asset.labels().stream().limit(3).map(DemoReport::percent).collect(Collectors.joining(", "));
        return labels
                + asset.nsfw()
                        .filter(score -> score >= 0.5)
                        .map(score -> String.format(Locale.ROOT, "  (nsfw %.0f %%)", score * 100))
                        .orElse("");
    }

    private static String percent(Label label) {
        return String.format(Locale.ROOT, "%s %.0f %%", label.name(), label.confidence() * 100);
    }
}
