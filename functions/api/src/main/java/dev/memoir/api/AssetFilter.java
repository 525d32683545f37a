package dev.memoir.api;

import dev.memoir.catalog.Filter;
import dev.memoir.catalog.GeoBox;
import dev.memoir.media.AssetState;
import dev.memoir.media.MediaKind;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.Id;
import org.eclipse.microprofile.graphql.Input;
import org.eclipse.microprofile.graphql.NonNull;

/** The filter as a client writes it; what is left out is null. */
@Input("AssetFilter")
@Description("All conditions that are given must hold.")
public class AssetFilter {
    /** More conditions than a person can mean; each is a look into the index. */
    private static final int MOST_VALUES = 20;

    private static final int MOST_TEXT = 200;
    private static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");

    @Description("All its words must be found in title, description, keywords, file name, labels or camera.")
    public String text;

    @Description("All of these labels, objects or broader words for them (animal), as facets name them.")
    public List<@NonNull String> labels;

    @Description("Taken at this instant or later.")
    public Instant takenFrom;

    @Description("Taken before this instant.")
    public Instant takenBefore;

    @Description("Taken within this box on the map.")
    public Box box;

    @Description("Any of these kinds.")
    public List<@NonNull MediaKind> kinds;

    @Description("Any of these media types.")
    public List<@NonNull String> mediaTypes;

    @Description("Any of these cameras, as facets name them.")
    public List<@NonNull String> cameras;

    @Description("Any of these years, on the clock where it was taken.")
    public List<@NonNull Integer> years;

    @Description("Any of these states.")
    public List<@NonNull AssetState> states;

    @Description("Any of these ratings, 0 to 5 stars.")
    public List<@NonNull Integer> ratings;

    @Description("All of these people are seen in it, by their ids.")
    public List<@NonNull String> people;

    @Description(
            "Only what is in this album. Of others' pictures in it neither file names nor favourites, archive, stars and"
                    + " people are looked at.")
    @Id
    public String album;

    public Nsfw nsfw;

    @Description("True: only favourites; false: only what is none.")
    public Boolean favourite;

    @Description("True: only what is archived; false: only what is not. Left out: both.")
    public Boolean archived;

    @Description("True: only what is in the trash. Otherwise only what is not.")
    public Boolean trashed;

    @Input("BoxFilter")
    @Description("Degrees, WGS 84. A box whose west is east of its east crosses the date line.")
    public static class Box {
        public double south;
        public double west;
        public double north;
        public double east;

        /** @throws IllegalArgumentException when it is no box */
        GeoBox read() {
            return new GeoBox(south, west, north, east);
        }
    }

    @Input("NsfwFilter")
    @Description("By the NSFW score, 0 to 1: below 0.2 most likely safe, above 0.8 most likely not.")
    public static class Nsfw {
        @Description("Shorthand: true for a score above 0.8, false for any other or none.")
        public Boolean flagged;

        @Description("The score is above this.")
        public Double above;

        @Description("The score is this at most.")
        public Double atMost;

        @Description("Whether assets without a score are meant, too.")
        public Boolean unscored;
    }

    static Filter read(AssetFilter given) {
        if (given == null) {
            return Filter.NONE;
        }
        try {
            return given.filter();
        } catch (IllegalArgumentException e) {
            throw new Problem.BadInput(e.getMessage());
        }
    }

    private Filter filter() {
        if (text != null && text.length() > MOST_TEXT) {
            throw new IllegalArgumentException("the text to search for is longer than " + MOST_TEXT + " characters");
        }
        if (takenFrom != null && takenBefore != null && takenFrom.isAfter(takenBefore)) {
            throw new IllegalArgumentException("takenFrom: must not be after takenBefore");
        }
        Filter read = new Filter(
                Optional.ofNullable(text),
                texts("labels", labels),
                Optional.ofNullable(takenFrom).map(time -> storable("takenFrom", time)),
                Optional.ofNullable(takenBefore).map(time -> storable("takenBefore", time)),
                Optional.ofNullable(box).map(Box::read),
                Set.copyOf(few("kinds", kinds)),
                Set.copyOf(texts("mediaTypes", mediaTypes)),
                Set.copyOf(texts("cameras", cameras)),
                Set.copyOf(few("years", years)),
                Set.copyOf(few("states", states)),
                Set.copyOf(few("ratings", ratings)),
                Optional.ofNullable(nsfw).map(AssetFilter::range),
                Boolean.TRUE.equals(trashed),
                few("people", people).stream()
                        .map(id -> AssetQueries.uuid(id, "a person's"))
                        .collect(Collectors.toSet()),
                new Filter.Marks(Optional.ofNullable(favourite), Optional.ofNullable(archived)));
        return album == null ? read : read.in(AlbumQueries.id(album));
    }

    private static Filter.NsfwRange range(Nsfw nsfw) {
        if (nsfw.flagged != null) {
            if (nsfw.above != null || nsfw.atMost != null || nsfw.unscored != null) {
                throw new IllegalArgumentException("nsfw: give either flagged or the range, not both");
            }
            return nsfw.flagged ? Filter.NsfwRange.ONLY_FLAGGED : Filter.NsfwRange.NOT_FLAGGED;
        }
        return new Filter.NsfwRange(
                nsfw.above == null ? -1 : nsfw.above,
                nsfw.atMost == null ? 1 : nsfw.atMost,
                Boolean.TRUE.equals(nsfw.unscored));
    }

    /** The database's timestamps end somewhere; no clock that people set is beyond these. */
    private static Instant storable(String name, Instant time) {
        if (time.isBefore(EARLIEST) || time.isAfter(LATEST)) {
            throw new IllegalArgumentException(name + ": between " + EARLIEST + " and " + LATEST + ", not " + time);
        }
        return time;
    }

    private static List<String> texts(String name, List<String> values) {
        List<String> few = few(name, values);
        if (few.stream()
                .anyMatch(value -> value.indexOf('\0') >= 0
                        || !StandardCharsets.UTF_8.newEncoder().canEncode(value))) {
            throw new IllegalArgumentException(name + ": a value holds a character that no text can hold");
        }
        return few;
    }

    private static <T> List<T> few(String name, List<T> values) {
        if (values == null) {
            return List.of();
        }
        if (values.size() > MOST_VALUES) {
            throw new IllegalArgumentException(
                    name + ": " + values.size() + " values are more than the " + MOST_VALUES + " that are allowed");
        }
        return values;
    }
}
