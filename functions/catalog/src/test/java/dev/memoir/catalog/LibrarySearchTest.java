package dev.memoir.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.memoir.media.AssetState;
import dev.memoir.media.MediaKind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LibrarySearchTest {
    private static Library library;

    @BeforeAll
    static void fill() {
        library = new LibrarySample().library;
    }

    /** What each search finds, newest first. */
    static Map<Filter, List<String>> searches() {
        return Map.ofEntries(
                Map.entry(Filter.NONE, List.of("broken", "beach", "samoa", "fiji", "clip")),
                Map.entry(FilterMaker.make().text("SEASHORE béach").filter(), List.of("beach")),
                Map.entry(FilterMaker.make().text("holiday").filter(), List.of()),
                Map.entry(FilterMaker.make().text("15").filter(), List.of("beach", "fiji")),
                Map.entry(FilterMaker.make().text("!?").filter(), List.of("broken", "beach", "samoa", "fiji", "clip")),
                Map.entry(FilterMaker.make().labels("seashore").filter(), List.of("beach", "fiji")),
                Map.entry(FilterMaker.make().labels("seashore", "sandbar").filter(), List.of("beach")),
                Map.entry(FilterMaker.make().labels("sea").filter(), List.of()),
                Map.entry(
                        FilterMaker.make()
                                .from(Instant.parse("2023-01-03T12:00:00Z"))
                                .before(Instant.parse("2024-07-14T12:00:00Z"))
                                .filter(),
                        List.of("samoa")),
                Map.entry(
                        FilterMaker.make().box(new GeoBox(43.6, 7.2, 43.8, 7.3)).filter(), List.of("beach")),
                Map.entry(
                        FilterMaker.make()
                                .box(new GeoBox(43.6, 7.2, 43.69, 7.3))
                                .filter(),
                        List.of()),
                Map.entry(
                        FilterMaker.make().box(new GeoBox(-20, 170, -10, -170)).filter(), List.of("samoa", "fiji")),
                Map.entry(
                        FilterMaker.make().box(new GeoBox(-90, -180, 90, 180)).filter(),
                        List.of("beach", "samoa", "fiji")),
                Map.entry(FilterMaker.make().kinds(MediaKind.VIDEO).filter(), List.of("clip")),
                Map.entry(
                        FilterMaker.make().mediaTypes("image/heic", "video/mp4").filter(), List.of("fiji", "clip")),
                Map.entry(FilterMaker.make().cameras("Apple iPhone 15").filter(), List.of("beach", "fiji")),
                Map.entry(FilterMaker.make().years(2022, 2024).filter(), List.of("beach", "clip")),
                Map.entry(FilterMaker.make().states(AssetState.DAMAGED).filter(), List.of("broken")),
                Map.entry(FilterMaker.make().ratings(4, 5).filter(), List.of()),
                Map.entry(FilterMaker.make().nsfw(Filter.NsfwRange.ONLY_FLAGGED).filter(), List.of("fiji")),
                Map.entry(
                        FilterMaker.make().nsfw(Filter.NsfwRange.NOT_FLAGGED).filter(),
                        List.of("broken", "beach", "samoa", "clip")),
                Map.entry(
                        FilterMaker.make()
                                .nsfw(new Filter.NsfwRange(0.45, 0.84, false))
                                .filter(),
                        List.of("samoa")),
                Map.entry(
                        FilterMaker.make()
                                .text("jpg iphone")
                                .labels("seashore")
                                .kinds(MediaKind.IMAGE)
                                .box(new GeoBox(-20, 170, -10, -170))
                                .nsfw(Filter.NsfwRange.ONLY_FLAGGED)
                                .years(2023)
                                .filter(),
                        List.of("fiji")));
    }

    @ParameterizedTest
    @MethodSource("filters")
    void aFilterFindsWhatItSaysAndNothingElse(Filter filter) {
        assertEquals(
                searches().get(filter),
                LibrarySample.names(library.page(LibrarySample.ANN, filter, 10, Optional.empty())));
    }

    static Set<Filter> filters() {
        return searches().keySet();
    }

    @ParameterizedTest
    @MethodSource("filters")
    void thePagesOfASearchAreTheWholeOfIt(Filter filter) {
        List<String> found = new ArrayList<>();
        Optional<Cursor> after = Optional.empty();
        Library.Page page;
        do {
            page = library.page(LibrarySample.ANN, filter, 1, after);
            found.addAll(LibrarySample.names(page));
            after = page.items().stream()
                    .findFirst()
                    .map(item -> Cursor.parse(item.cursor().text()));
        } while (page.more());
        assertEquals(searches().get(filter), found);
    }

    @ParameterizedTest
    @MethodSource("filters")
    void aTotalThatIsToldIsTrue(Filter filter) {
        library.page(LibrarySample.ANN, filter, 1, Optional.empty())
                .total()
                .ifPresent(total -> assertEquals(searches().get(filter).size(), total));
    }
}
