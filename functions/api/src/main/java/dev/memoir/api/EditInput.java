package dev.memoir.api;

import dev.memoir.catalog.Item;
import dev.memoir.media.Edits;
import dev.memoir.media.Facts;
import dev.memoir.media.GeoPoint;
import dev.memoir.media.Orientation;
import dev.memoir.media.TakenAt;
import dev.memoir.sidecars.Sidecars;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.Input;
import org.eclipse.microprofile.graphql.NonNull;

/** An edit as a client writes it; what is left out is null and stays as it is. */
@Input("EditInput")
@Description("What shall be said of assets. What is left out, or null, stays as it is.")
public class EditInput implements Sidecars.Change {
    @Description("At most 1,000 characters; none: it has no title, whatever the file says.")
    public String title;

    @Description("At most 10,000 characters; none: it has no description, whatever the file says.")
    public String description;

    @Description("These tags instead of all that there are; none: it has no tags, whatever the file says. At most 500.")
    public List<@NonNull String> tags;

    @Description("Tags besides those that there are.")
    public List<@NonNull String> addTags;

    @Description("Tags to take away.")
    public List<@NonNull String> removeTags;

    @Description("0 to 5 stars.")
    public Integer rating;

    public Boolean favourite;

    @Description("An archived asset is kept out of the timeline by who asks for archived: false.")
    public Boolean archived;

    public Taken takenAt;

    public Shift shift;

    public Place place;

    @Description("True: it has no place, whatever the file says.")
    public Boolean noPlace;

    @Description("Degrees clockwise from how the file has it: 0, 90, 180 or 270.")
    public Integer rotation;

    @Description("Quarter turns clockwise from how it is now, -3 to 3.")
    public Integer turn;

    @Description(
            "An asset of the same owner: it and all that are edited to name it are shown as one stack, by it. Name it in"
                    + " its own edit, too.")
    public String stack;

    @Description("True: it stands by itself, whatever the files say.")
    public Boolean alone;

    @Description("What shall be as the file says again.")
    public List<Edits.@NonNull Field> fromFile;

    @Input("TakenInput")
    @Description("When it was taken.")
    public static class Taken {
        @NonNull
        @Description("What the clock showed where it was taken: 2024-07-14T18:30:05.")
        public String local;

        @Description("The clock's distance from UTC, such as +02:00; left out: it is not known.")
        public String offset;
    }

    @Input("ShiftInput")
    @Description("For a camera whose clock was wrong.")
    public static class Shift {
        @Description("Added to what the clock showed.")
        public int seconds;

        @Description("The clock's distance from UTC, such as +02:00; left out: as it was.")
        public String offset;
    }

    @Input("PlaceInput")
    @Description("Degrees, WGS 84, north and east positive.")
    public static class Place {
        public double latitude;
        public double longitude;

        @Description("Metres above sea level.")
        public Double altitude;
    }

    private Item cover;

    /** The asset that {@link #stack} names, if it names one that the caller sees. */
    void stackUnder(Optional<Item> found) {
        cover = found.orElseThrow(() -> new Problem.BadInput("stack: you have no asset " + stack));
    }

    /** Why it can't be said of an item at all. */
    Optional<String> refusal(Item item) {
        return cover == null || cover.owner().equals(item.owner())
                ? Optional.empty()
                : Optional.of("a stack has pictures of one owner, and this is not the owner of " + stack);
    }

    /** Refuses what is wrong whatever it is said of. */
    void check() {
        once("tags", tags != null, "addTags or removeTags", addTags != null || removeTags != null);
        once("takenAt", takenAt != null, "shift", shift != null);
        once("place", place != null, "noPlace", Boolean.TRUE.equals(noPlace));
        once("stack", stack != null, "alone", Boolean.TRUE.equals(alone));
        once("rotation", rotation != null, "turn", turn != null);
        if (rotation != null && (rotation % 90 != 0 || rotation < 0 || rotation > 270)) {
            throw new Problem.BadInput("rotation: 0, 90, 180 or 270, not " + rotation);
        }
        if (turn != null && Math.abs(turn) > 3) {
            throw new Problem.BadInput("turn: quarter turns, -3 to 3, not " + turn);
        }
        Edits said = said(Edits.NONE, Facts.onlyType(""), Optional.empty());
        EditLimits.problem(said).ifPresent(problem -> {
            throw new Problem.BadInput(problem);
        });
        if (shift != null) {
            offset(shift.offset);
        }
        said.differing(Edits.NONE).stream().filter(back()::contains).findFirst().ifPresent(field -> {
            throw new Problem.BadInput("fromFile: " + field + " is given another value as well");
        });
    }

    private static void once(String one, boolean isGiven, String other, boolean otherIsGiven) {
        if (isGiven && otherIsGiven) {
            throw new Problem.BadInput(one + ": give either this or " + other + ", not both");
        }
    }

    private Set<Edits.Field> back() {
        return fromFile == null ? Set.of() : new LinkedHashSet<>(fromFile);
    }

    /** @throws NotPossible where it can't be said of this one */
    @Override
    public Edits of(Edits before, Facts file) {
        Facts told = before.over(file);
        Optional<TakenAt> shifted = shift == null
                ? Optional.empty()
                : Optional.of(shifted(told.takenAt().orElseThrow(() -> new NotPossible("it has no time to shift"))));
        Edits after = said(before.with(Edits.NONE, back()), file, shifted);
        EditLimits.problem(Edits.NONE.with(after, before.differing(after))).ifPresent(problem -> {
            throw new NotPossible(problem);
        });
        return after;
    }

    private Edits said(Edits edits, Facts file, Optional<TakenAt> shifted) {
        Edits after = edits;
        after = title == null ? after : after.withTitle(title.strip());
        after = description == null ? after : after.withDescription(description.strip());
        after = tags == null ? after : after.withTags(stripped(tags));
        after = addTags == null && removeTags == null
                ? after
                : after.withTags(besides(after.over(file).keywords()));
        after = rating == null ? after : after.withRating(rating);
        after = favourite == null ? after : after.withFavourite(favourite);
        after = archived == null ? after : after.withArchived(archived);
        after = takenAt == null ? after : after.withTaken(taken(takenAt));
        after = shifted.map(after::withTaken).orElse(after);
        after = place == null ? after : after.withPlace(place(place));
        after = Boolean.TRUE.equals(noPlace) ? after.withPlace(new Edits.Place(Optional.empty())) : after;
        after = cover == null ? after : after.withStack(new Edits.Stack(Optional.of(cover.sha256())));
        after = Boolean.TRUE.equals(alone) ? after.withStack(new Edits.Stack(Optional.empty())) : after;
        after = rotation == null ? after : turned(after, file, rotation / 90);
        return turn == null ? after : turned(after, file, after.turns(file) + turn);
    }

    private static Edits turned(Edits edits, Facts file, int turns) {
        int stored = Orientation.turned(file.orientation().orElse(1), turns);
        return turns % 4 == 0 && edits.orientation().isEmpty() ? edits : edits.withOrientation(stored);
    }

    private List<String> besides(List<String> there) {
        Set<String> all = new LinkedHashSet<>(there);
        all.addAll(addTags == null ? List.of() : stripped(addTags));
        all.removeAll(removeTags == null ? List.of() : stripped(removeTags));
        return new ArrayList<>(all);
    }

    private static List<String> stripped(List<String> texts) {
        return texts.stream().map(String::strip).toList();
    }

    private TakenAt shifted(TakenAt taken) {
        return new TakenAt(
                taken.local().plusSeconds(shift.seconds),
                shift.offset == null ? taken.offset() : offset(shift.offset),
                TakenAt.Source.EDITED);
    }

    private static TakenAt taken(Taken taken) {
        try {
            return new TakenAt(LocalDateTime.parse(taken.local), offset(taken.offset), TakenAt.Source.EDITED);
        } catch (DateTimeException e) {
            throw new Problem.BadInput("takenAt: local is a time such as 2024-07-14T18:30:05, not " + taken.local);
        }
    }

    private static Optional<ZoneOffset> offset(String text) {
        try {
            return Optional.ofNullable(text).map(ZoneOffset::of);
        } catch (DateTimeException e) {
            throw new Problem.BadInput("offset: a distance from UTC such as +02:00, not " + text);
        }
    }

    private static Edits.Place place(Place place) {
        try {
            return new Edits.Place(
                    Optional.of(new GeoPoint(place.latitude, place.longitude, Optional.ofNullable(place.altitude))));
        } catch (IllegalArgumentException e) {
            throw new Problem.BadInput(
                    "place: " + e.getMessage() + ". Latitude is -90 to 90, longitude -180 to 180, in degrees");
        }
    }

    /** It can't be said of this one; the message is for people. */
    static final class NotPossible extends RuntimeException {
        NotPossible(String reason) {
            super(reason);
        }
    }
}
