package dev.memoir.api;

import dev.memoir.media.Edits;
import dev.memoir.media.GeoPoint;
import dev.memoir.media.TakenAt;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What may be said of a picture at all. */
final class EditLimits {
    static final int TITLE = 1_000;
    static final int DESCRIPTION = 10_000;
    static final int TAGS = 500;
    private static final int LAST_YEAR = 9999;
    private static final int HIGHEST = 100_000;

    private EditLimits() {}

    /** What is wrong, for people; the first of all. */
    static Optional<String> problem(Edits edits) {
        return Stream.of(
                        edits.title().flatMap(text -> text("title", text, TITLE)),
                        edits.description().flatMap(text -> text("description", text, DESCRIPTION)),
                        edits.tags().flatMap(EditLimits::tags),
                        edits.rating()
                                .filter(stars -> stars < 0 || stars > 5)
                                .map(stars -> "rating: 0 to 5 stars, not " + stars),
                        edits.taken().flatMap(EditLimits::taken),
                        edits.place().flatMap(Edits.Place::point).flatMap(EditLimits::place),
                        edits.orientation()
                                .filter(stored -> stored < 1 || stored > 8)
                                .map(stored -> "orientation: 1 to 8, not " + stored))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static Optional<String> text(String name, String text, int most) {
        if (text.length() > most) {
            return Optional.of(name + ": at most " + most + " characters, not " + text.length());
        }
        boolean odd = text.chars().anyMatch(c -> c < ' ' && c != '\n' && c != '\t' && c != '\r' || c >= 0xFFFE)
                || !StandardCharsets.UTF_8.newEncoder().canEncode(text);
        return odd ? Optional.of(name + ": it holds a character that no text can hold") : Optional.empty();
    }

    private static Optional<String> tags(List<String> tags) {
        if (tags.size() > TAGS) {
            return Optional.of("tags: at most " + TAGS + ", not " + tags.size());
        }
        if (tags.stream().anyMatch(String::isBlank)) {
            return Optional.of("tags: one has no characters");
        }
        return tags.stream().flatMap(tag -> text("tags", tag, TITLE).stream()).findFirst();
    }

    private static Optional<String> taken(TakenAt taken) {
        int year = taken.local().getYear();
        return year < 1 || year > LAST_YEAR
                ? Optional.of("takenAt: years are 1 to " + LAST_YEAR + ", not " + year)
                : Optional.empty();
    }

    private static Optional<String> place(GeoPoint point) {
        return point.altitude()
                .filter(metres -> !(Math.abs(metres) <= HIGHEST))
                .map(metres -> "place: an altitude is within " + HIGHEST + " metres, not " + metres);
    }
}
