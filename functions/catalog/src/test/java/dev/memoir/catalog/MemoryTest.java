package dev.memoir.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.memoir.media.Edits;
import dev.memoir.media.Facts;
import dev.memoir.media.TakenAt;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MemoryTest {
    private IngestCatalog ingest;
    private Library library;

    @BeforeEach
    void open() {
        CatalogDatabase database = CatalogDatabase.create();
        ingest = IngestCatalog.over(database.ingest());
        library = Library.over(database.api());
    }

    @Test
    void aDayIsTheCalendarsWhereItWasTaken() {
        taken("new year in Auckland", "2023-01-01T00:10", 13);
        taken("still the old year in Honolulu", "2022-12-31T23:50", -10);
        taken("the same moment a day before", "2022-12-31T23:59", 13);
        taken("of today, which is no memory", "2026-01-01T08:00", 1);

        assertEquals(List.of("2023: new year in Auckland"), remembered("2026-01-01"));
        assertEquals(
                List.of("2022: the same moment a day before", "2022: still the old year in Honolulu"),
                remembered("2026-12-31"));
    }

    @Test
    void theLatestYearComesFirstAndEachTellsTheFirstTwelveOfItsDay() {
        for (int minute = 0; minute < 20; minute++) {
            taken("busy " + minute, "2020-06-01T10:%02d".formatted(minute), 2);
        }
        taken("later", "2024-06-01T10:00", 2);

        List<String> remembered = remembered("2026-06-01");

        assertEquals("2024: later", remembered.getFirst());
        assertEquals(1 + Memory.MOST, remembered.size());
        assertEquals("2020: busy 0", remembered.get(1));
    }

    @Test
    void aLeapDayIsRememberedEveryYear() {
        taken("leap", "2024-02-29T12:00", 1);

        assertTrue(remembered("2028-02-29").contains("2024: leap"));
        assertTrue(remembered("2027-02-28").contains("2024: leap"));
        assertFalse(remembered("2028-02-28").contains("2024: leap"));
    }

    @Test
    void whatIsFlaggedRemindsNobody() {
        taken("flagged", "2024-06-01T12:00", 1);
        ingest.analysed(
                Samples.content("flagged"),
                List.of(new Analysis("nsfw", "n", "1", List.of(), OptionalDouble.of(0.95))));

        assertEquals(List.of(), remembered("2026-06-01"));
    }

    @Test
    void whatSomebodySaidOfTheTimeCountsInsteadOfTheFiles() {
        taken("scanned", "2019-03-03T12:00", 1);
        TakenAt said = new TakenAt(LocalDateTime.parse("1985-06-01T12:00"), Optional.empty(), TakenAt.Source.EDITED);
        ingest.record(new FoundSidecar(
                "originals",
                "users/ann/scanned.xmp",
                "ann",
                "etag",
                1,
                Optional.empty(),
                Edits.NONE.withTaken(said),
                Optional.empty()));

        assertEquals(List.of("1985: scanned"), remembered("2026-06-01"));
        assertEquals(List.of(), remembered("2026-03-03"));
    }

    private List<String> remembered(String day) {
        List<String> told = new ArrayList<>();
        library.memories(LibrarySample.ANN, LocalDate.parse(day))
                .forEach(memory -> memory.items()
                        .forEach(item -> told.add(
                                memory.year() + ": " + item.told().title().orElseThrow())));
        return told;
    }

    private void taken(String title, String local, int offset) {
        Facts like = Samples.holiday();
        Facts facts = new Facts(
                like.mediaType(),
                like.width(),
                like.height(),
                like.orientation(),
                like.durationSeconds(),
                Optional.of(new TakenAt(
                        LocalDateTime.parse(local),
                        Optional.of(ZoneOffset.ofHours(offset)),
                        TakenAt.Source.OFFSET_TAG)),
                like.location(),
                like.camera(),
                like.exposure(),
                like.rating(),
                Optional.of(title),
                like.description(),
                like.keywords(),
                like.livePhotoId(),
                like.rawTags());
        ingest.record(Samples.arrival("ann", "users/ann/" + title.replace(' ', '-'), title, facts));
    }
}
