package dev.memoir.media;

import java.time.Instant;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * What somebody says of a picture, over what its file says; the file itself is never changed. What is empty here is as the
 * file says.
 *
 * @param title empty text: it has none, whatever the file says
 * @param description as the title
 * @param tags no entries: it has none, whatever the file says
 * @param rating 0 to 5 stars
 * @param taken its source is {@link TakenAt.Source#EDITED}
 * @param orientation EXIF's, 1 to 8, in place of the file's: what differs from it is how far the picture is turned
 * @param stack what it is shown with; empty: what the files say belongs together
 * @param trashed since when it is in the trash, if it is
 */
public record Edits(
        Optional<String> title,
        Optional<String> description,
        Optional<List<String>> tags,
        Optional<Integer> rating,
        Optional<TakenAt> taken,
        Optional<Place> place,
        Optional<Integer> orientation,
        boolean favourite,
        boolean archived,
        Optional<Stack> stack,
        Optional<Instant> trashed) {

    /** Everything is as the file says. */
    public static final Edits NONE = new Edits(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            false,
            false,
            Optional.empty(),
            Optional.empty());

    public Edits {
        tags = tags.map(LinkedHashSet::new).map(List::copyOf);
    }

    /** Where it was taken; without a point the file's place is taken away. */
    public record Place(Optional<GeoPoint> point) {}

    /** All that name the same content are one stack, shown by that; without a name it stands by itself, whatever the files say. */
    public record Stack(Optional<Sha256> cover) {}

    /** What can be set back to what the file says, each by itself. */
    public enum Field {
        TITLE,
        DESCRIPTION,
        TAGS,
        RATING,
        TAKEN,
        PLACE,
        ROTATION,
        FAVOURITE,
        ARCHIVED,
        STACK,
        TRASHED
    }

    /** The file's facts as they are told: what was edited wins. */
    public Facts over(Facts file) {
        return new Facts(
                file.mediaType(),
                file.width(),
                file.height(),
                file.orientation(),
                file.durationSeconds(),
                taken.filter(edited -> !repeats(edited, file)).or(file::takenAt),
                place.map(Place::point).orElse(file.location()),
                file.camera(),
                file.exposure(),
                rating.or(file::rating),
                title.or(file::title).filter(text -> !text.isEmpty()),
                description.or(file::description).filter(text -> !text.isEmpty()),
                tags.orElse(file.keywords()),
                file.livePhotoId(),
                file.rawTags());
    }

    /** Programs that write a sidecar often repeat the file's time, and less exactly: that is no edit. */
    private static boolean repeats(TakenAt edited, Facts file) {
        return file.takenAt()
                .filter(said -> said.local().withNano(0).equals(edited.local().withNano(0)))
                .filter(said -> edited.offset().isEmpty() || edited.offset().equals(said.offset()))
                .isPresent();
    }

    /** Quarter turns clockwise, 0 to 3, by which the upright picture that the file gives is to be turned. */
    public int turns(Facts file) {
        return orientation
                .map(stored -> Orientation.turns(file.orientation().orElse(1), stored))
                .orElse(0);
    }

    /** Which fields differ. */
    public Set<Field> differing(Edits other) {
        Set<Field> fields = EnumSet.allOf(Field.class);
        fields.removeIf(field -> with(other, Set.of(field)).equals(this));
        return fields;
    }

    /** These edits, but in some fields the other's. */
    public Edits with(Edits other, Set<Field> fields) {
        return new Edits(
                (fields.contains(Field.TITLE) ? other : this).title,
                (fields.contains(Field.DESCRIPTION) ? other : this).description,
                (fields.contains(Field.TAGS) ? other : this).tags,
                (fields.contains(Field.RATING) ? other : this).rating,
                (fields.contains(Field.TAKEN) ? other : this).taken,
                (fields.contains(Field.PLACE) ? other : this).place,
                (fields.contains(Field.ROTATION) ? other : this).orientation,
                (fields.contains(Field.FAVOURITE) ? other : this).favourite,
                (fields.contains(Field.ARCHIVED) ? other : this).archived,
                (fields.contains(Field.STACK) ? other : this).stack,
                (fields.contains(Field.TRASHED) ? other : this).trashed);
    }

    public Edits withTitle(String text) {
        return changed(copy -> copy.title = Optional.of(text));
    }

    public Edits withDescription(String text) {
        return changed(copy -> copy.description = Optional.of(text));
    }

    public Edits withTags(List<String> all) {
        return changed(copy -> copy.tags = Optional.of(all));
    }

    public Edits withRating(int stars) {
        return changed(copy -> copy.rating = Optional.of(stars));
    }

    public Edits withTaken(TakenAt at) {
        return changed(copy -> copy.taken = Optional.of(at));
    }

    public Edits withPlace(Place at) {
        return changed(copy -> copy.place = Optional.of(at));
    }

    public Edits withOrientation(int stored) {
        return changed(copy -> copy.orientation = Optional.of(stored));
    }

    public Edits withFavourite(boolean is) {
        return changed(copy -> copy.favourite = is);
    }

    public Edits withArchived(boolean is) {
        return changed(copy -> copy.archived = is);
    }

    public Edits withStack(Stack is) {
        return changed(copy -> copy.stack = Optional.of(is));
    }

    /** @param since empty: it is in the trash no more */
    public Edits withTrashed(Optional<Instant> since) {
        return changed(copy -> copy.trashed = since);
    }

    private Edits changed(Consumer<Copy> change) {
        Copy copy = new Copy(this);
        change.accept(copy);
        return copy.edits();
    }

    /** What one field may be changed of. */
    private static final class Copy {
        private Optional<String> title;
        private Optional<String> description;
        private Optional<List<String>> tags;
        private Optional<Integer> rating;
        private Optional<TakenAt> taken;
        private Optional<Place> place;
        private Optional<Integer> orientation;
        private boolean favourite;
        private boolean archived;
        private Optional<Stack> stack;
        private Optional<Instant> trashed;

        private Copy(Edits of) {
            title = of.title;
            description = of.description;
            tags = of.tags;
            rating = of.rating;
            taken = of.taken;
            place = of.place;
            orientation = of.orientation;
            favourite = of.favourite;
            archived = of.archived;
            stack = of.stack;
            trashed = of.trashed;
        }

        private Edits edits() {
            return new Edits(
                    title, description, tags, rating, taken, place, orientation, favourite, archived, stack, trashed);
        }
    }
}
