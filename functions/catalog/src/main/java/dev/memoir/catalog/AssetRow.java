package dev.memoir.catalog;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.memoir.media.AssetState;
import dev.memoir.media.Facts;
import dev.memoir.media.GeoPoint;
import dev.memoir.media.Rendition;
import dev.memoir.media.Sha256;
import dev.memoir.media.TakenAt;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** How a {@link Description} lies in the columns of {@code asset}. */
final class AssetRow {
    private static final JsonMapper JSON = new JsonMapper();

    /** PostgreSQL keeps instants to the microsecond and years to 294276; a camera's clock may say anything. */
    private static final int LAST_YEAR = 9999;

    private AssetRow() {}

    /** Column name → value, all but {@code sha256} and {@code described_at}. Text is cleaned on the way. */
    static Map<String, Object> columns(Description description) {
        Facts facts = description.facts();
        Optional<TakenAt> taken = takenAt(facts);
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("state", description.state().wireName());
        row.put("reason", text(description.reason(), CleanText.LONG));
        row.put("media_type", CleanText.of(facts.mediaType(), CleanText.SHORT));
        row.put("width", facts.width().orElse(null));
        row.put("height", facts.height().orElse(null));
        row.put("orientation", facts.orientation().orElse(null));
        row.put("duration", number(facts.durationSeconds()));
        row.put("taken_at", taken.map(t -> t.instant().atOffset(ZoneOffset.UTC)).orElse(null));
        row.put("taken_local", taken.map(TakenAt::local).orElse(null));
        row.put(
                "taken_offset",
                taken.flatMap(TakenAt::offset).map(ZoneOffset::getTotalSeconds).orElse(null));
        row.put("taken_source", taken.map(t -> t.source().name()).orElse(null));
        row.put("latitude", facts.location().map(GeoPoint::latitude).orElse(null));
        row.put("longitude", facts.location().map(GeoPoint::longitude).orElse(null));
        row.put("altitude", number(facts.location().flatMap(GeoPoint::altitude)));
        row.put("camera_make", text(facts.camera().make(), CleanText.SHORT));
        row.put("camera_model", text(facts.camera().model(), CleanText.SHORT));
        row.put("lens", text(facts.camera().lens(), CleanText.SHORT));
        row.put("exposure", number(facts.exposure().seconds()));
        row.put("f_number", number(facts.exposure().fNumber()));
        row.put("focal_length", number(facts.exposure().focalLength()));
        row.put("focal_length_35", facts.exposure().focalLength35().orElse(null));
        row.put("iso", facts.exposure().iso().orElse(null));
        row.put("rating", facts.rating().orElse(null));
        row.put("title", text(facts.title(), CleanText.SHORT));
        row.put("description", text(facts.description(), CleanText.LONG));
        row.put("keywords", keywords(facts));
        row.put("live_photo_id", text(facts.livePhotoId(), CleanText.SHORT));
        row.put("renditions", names(description.renditions()));
        row.put("frames", description.frames());
        row.put("thumbhash", description.thumbhash().orElse(null));
        row.put("pipeline", description.pipeline());
        row.put("raw_tags", json(CleanText.tags(facts.rawTags())));
        return row;
    }

    /** Reads the facts back, without the raw tags. */
    static Facts facts(ResultSet row) throws SQLException {
        return new Facts(
                row.getString("media_type"),
                whole(row, "width"),
                whole(row, "height"),
                whole(row, "orientation"),
                number(row, "duration"),
                takenAt(row),
                location(row),
                new Facts.Camera(text(row, "camera_make"), text(row, "camera_model"), text(row, "lens")),
                new Facts.Exposure(
                        number(row, "exposure"),
                        number(row, "f_number"),
                        number(row, "focal_length"),
                        whole(row, "focal_length_35"),
                        whole(row, "iso")),
                whole(row, "rating"),
                text(row, "title"),
                text(row, "description"),
                strings(row, "keywords"),
                text(row, "live_photo_id"),
                Map.of());
    }

    static KnownAsset known(ResultSet row) throws SQLException {
        return new KnownAsset(
                Sha256.of(row.getBytes("sha256")),
                AssetState.ofWireName(row.getString("state")),
                renditions(row),
                row.getInt("frames"),
                row.getInt("pipeline"));
    }

    static Set<Rendition> renditions(ResultSet row) throws SQLException {
        return strings(row, "renditions").stream().map(Rendition::valueOf).collect(Collectors.toUnmodifiableSet());
    }

    static List<String> strings(ResultSet row, String column) throws SQLException {
        Array array = row.getArray(column);
        return List.of((String[]) array.getArray());
    }

    static Optional<String> text(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getString(column));
    }

    static Optional<Double> number(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getObject(column, Double.class));
    }

    static Optional<Integer> whole(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getObject(column, Integer.class));
    }

    static OffsetDateTime time(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class);
    }

    private static Optional<TakenAt> takenAt(Facts facts) {
        return facts.takenAt()
                .filter(t -> t.local().getYear() > 0 && t.local().getYear() <= LAST_YEAR)
                .map(t -> new TakenAt(t.local().truncatedTo(ChronoUnit.MICROS), t.offset(), t.source()));
    }

    private static Optional<TakenAt> takenAt(ResultSet row) throws SQLException {
        LocalDateTime local = row.getObject("taken_local", LocalDateTime.class);
        if (local == null) {
            return Optional.empty();
        }
        return Optional.of(new TakenAt(
                local,
                whole(row, "taken_offset").map(ZoneOffset::ofTotalSeconds),
                TakenAt.Source.valueOf(row.getString("taken_source"))));
    }

    private static Optional<GeoPoint> location(ResultSet row) throws SQLException {
        Optional<Double> latitude = number(row, "latitude");
        Optional<Double> longitude = number(row, "longitude");
        return latitude.isPresent() && longitude.isPresent()
                ? Optional.of(new GeoPoint(latitude.get(), longitude.get(), number(row, "altitude")))
                : Optional.empty();
    }

    private static String text(Optional<String> text, int longest) {
        return CleanText.of(text, longest).orElse(null);
    }

    private static Double number(Optional<Double> number) {
        return number.filter(Double::isFinite).orElse(null);
    }

    private static String[] keywords(Facts facts) {
        return facts.keywords().stream()
                .map(keyword -> CleanText.of(keyword, CleanText.SHORT))
                .filter(keyword -> !keyword.isBlank())
                .limit(1_000)
                .toArray(String[]::new);
    }

    private static String[] names(Set<Rendition> renditions) {
        return new TreeSet<>(renditions).stream().map(Rendition::name).toArray(String[]::new);
    }

    private static String json(Map<String, Map<String, String>> tags) {
        try {
            return JSON.writeValueAsString(tags);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("raw tags can't be written as JSON", e);
        }
    }
}
