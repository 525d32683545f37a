package dev.memoir.media;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class EditsTest {
    private static final Facts FILE = new Facts(
            "image/jpeg",
            Optional.of(4),
            Optional.of(3),
            Optional.of(6),
            Optional.empty(),
            Optional.of(new TakenAt(
                    LocalDateTime.parse("2024-07-14T18:30:05.25"),
                    Optional.of(ZoneOffset.ofHours(2)),
                    TakenAt.Source.OFFSET_TAG)),
            Optional.of(new GeoPoint(43.7, 7.2, Optional.empty())),
            Facts.Camera.UNKNOWN,
            Facts.Exposure.UNKNOWN,
            Optional.of(3),
            Optional.of("title"),
            Optional.of("description"),
            List.of("sea"),
            Optional.empty(),
            Map.of());

    private static TakenAt taken(String local, Optional<ZoneOffset> offset) {
        return new TakenAt(LocalDateTime.parse(local), offset, TakenAt.Source.EDITED);
    }

    @Test
    void withoutEditsEverythingIsAsTheFileSays() {
        assertEquals(FILE, Edits.NONE.over(FILE));
        assertEquals(0, Edits.NONE.turns(FILE));
    }

    @Test
    void whatIsEditedWinsAndWhatIsTakenAwayIsNotThere() {
        Facts told = Edits.NONE
                .withTitle("other")
                .withDescription("")
                .withTags(List.of())
                .withRating(0)
                .withTaken(taken("2020-01-01T00:00:00", Optional.empty()))
                .withPlace(new Edits.Place(Optional.empty()))
                .over(FILE);

        assertEquals(Optional.of("other"), told.title());
        assertEquals(Optional.empty(), told.description());
        assertEquals(List.of(), told.keywords());
        assertEquals(Optional.of(0), told.rating());
        assertEquals(TakenAt.Source.EDITED, told.takenAt().orElseThrow().source());
        assertEquals(Optional.empty(), told.location());
        assertEquals(FILE.width(), told.width());
    }

    @Test
    void aSidecarThatRepeatsTheFilesTimeLessExactlyIsNoEditOfIt() {
        for (Optional<ZoneOffset> offset : List.of(Optional.<ZoneOffset>empty(), Optional.of(ZoneOffset.ofHours(2)))) {
            Edits repeats = Edits.NONE.withTaken(taken("2024-07-14T18:30:05", offset));
            assertEquals(FILE.takenAt(), repeats.over(FILE).takenAt());
        }
        Edits otherZone = Edits.NONE.withTaken(taken("2024-07-14T18:30:05", Optional.of(ZoneOffset.ofHours(3))));
        assertEquals(otherZone.taken(), otherZone.over(FILE).takenAt());
    }

    @Test
    void anOrientationInPlaceOfTheFilesTurnsThePictureByWhatDiffers() {
        assertEquals(1, Edits.NONE.withOrientation(3).turns(FILE));
        assertEquals(2, Edits.NONE.withOrientation(8).turns(FILE));
        assertEquals(3, Edits.NONE.withOrientation(1).turns(FILE));
        assertEquals(0, Edits.NONE.withOrientation(6).turns(FILE));
        assertEquals(0, Edits.NONE.withOrientation(5).turns(FILE), "no turn mirrors");
    }

    @Test
    void fieldsAreSetBackEachByItself() {
        Edits edited = Edits.NONE.withTitle("a").withRating(5).withFavourite(true);

        Edits back = edited.with(Edits.NONE, Set.of(Edits.Field.TITLE, Edits.Field.FAVOURITE));

        assertEquals(Edits.NONE.withRating(5), back);
        assertEquals(Set.of(Edits.Field.TITLE, Edits.Field.FAVOURITE), back.differing(edited));
    }

    @Test
    void aTurnThereAndBackIsNoneWhateverTheOrientation() {
        for (int orientation = 1; orientation <= 8; orientation++) {
            for (int turns = 0; turns < 4; turns++) {
                int turned = Orientation.turned(orientation, turns);
                assertEquals(orientation, Orientation.turned(turned, -turns));
                assertEquals(turns, Orientation.turns(orientation, turned));
            }
        }
    }

    @Test
    void aQuarterTurnOfAMirroredPictureIsTheOrientationThatTheStandardHasForIt() {
        assertEquals(7, Orientation.turned(2, 1), "mirrored, then a quarter clockwise");
        assertEquals(4, Orientation.turned(2, 2), "mirrored, then upside down: as if mirrored top to bottom");
        assertEquals(5, Orientation.turned(2, 3), "mirrored, then a quarter counter-clockwise");
    }

    @Test
    void aSidecarBelongsToTheOriginalWhoseNameItBears() {
        assertEquals(
                List.of("a/b.c.jpg.xmp", "a/b.c.jpg.XMP", "a/b.c.xmp", "a/b.c.XMP"),
                SidecarName.candidates("a/b.c.jpg"));
        assertEquals(List.of("a.b/c.xmp", "a.b/c.XMP"), SidecarName.candidates("a.b/c"));
        assertEquals(List.of(".hidden.xmp", ".hidden.XMP"), SidecarName.candidates(".hidden"));
        assertTrue(SidecarName.isOwn("a/b.jpg.XMP", "a/b.jpg"));
        assertFalse(SidecarName.isOwn("a/b.xmp", "a/b.jpg"));
    }
}
