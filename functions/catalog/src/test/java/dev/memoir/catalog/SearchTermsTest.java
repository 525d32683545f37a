package dev.memoir.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.memoir.media.Facts;
import dev.memoir.media.GeoPoint;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SearchTermsTest {
    @ParameterizedTest
    @CsvSource({
        "'Évening at the SEA, évening', 'evening at the sea'",
        "'IMG_20240714-183005.JPG', 'img 20240714 183005 jpg'",
        "'ﬁne ①', 'fine 1'",
        "'東京タワー', '東京 京タ タワ ワー'",
        "'海 sea海', '海 sea'",
        "'!?', ''"
    })
    void textIsCutIntoFoldedWords(String text, String words) {
        assertEquals(words, String.join(" ", Words.of(text)));
    }

    @Test
    void aCellOfEveryLevelThatAPlaceLiesInIsFoundByEveryBoxAroundIt() {
        Random random = new Random(7);
        for (int i = 0; i < 2_000; i++) {
            double latitude = random.nextDouble() * 180 - 90;
            double longitude = random.nextDouble() * 360 - 180;
            double size = Math.pow(10, random.nextDouble() * 4 - 2.5);
            GeoBox box = new GeoBox(
                    Math.max(-90, latitude - size * random.nextDouble()),
                    wrapped(longitude - size * random.nextDouble()),
                    Math.min(90, latitude + size * random.nextDouble()),
                    wrapped(longitude + size * random.nextDouble()));
            Set<GeoCell> cover = new HashSet<>(GeoCell.covering(box, 160));
            assertTrue(cover.size() <= 160);
            List<GeoCell> around = GeoCell.around(new GeoPoint(latitude, longitude, Optional.empty()));
            assertEquals(
                    cover.isEmpty() ? 0 : 1,
                    around.stream().filter(cover::contains).count(),
                    () -> "exactly one cell of the cover of " + box + " holds " + around);
        }
    }

    private static double wrapped(double longitude) {
        return longitude < -180 ? longitude + 360 : longitude > 180 ? longitude - 360 : longitude;
    }

    @Test
    void aBoxThatIsMuchOfTheEarthHasNoCover() {
        assertEquals(List.of(), GeoCell.covering(new GeoBox(-90, -180, 90, 180), 160));
    }

    @Test
    void aLongValueIsCutAndStaysItself() {
        Term one = new Term(Term.Kind.LABEL, "ä".repeat(400) + "1");
        Term other = new Term(Term.Kind.LABEL, "ä".repeat(400) + "2");

        assertTrue(one.text().getBytes(StandardCharsets.UTF_8).length < 210);
        assertNotEquals(one, other);
        assertEquals(one, new Term(Term.Kind.LABEL, "ä".repeat(400) + "1"));
        assertEquals(one, Term.parse(one.text()));
    }

    @ParameterizedTest
    @CsvSource({
        "Apple, iPhone 15, Apple iPhone 15",
        "Canon, Canon EOS R5, Canon EOS R5",
        "NIKON CORPORATION, NIKON D850, NIKON D850",
        ", X-T5, X-T5",
        "Leica, , Leica"
    })
    void aCameraIsNamedWithItsMakerOnce(String make, String model, String name) {
        assertEquals(
                Optional.of(name),
                ItemTerms.cameraName(
                        new Facts.Camera(Optional.ofNullable(make), Optional.ofNullable(model), Optional.empty())));
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "0.05, 0", "0.1, 1", "0.8, 8", "0.999, 9", "1, 9"})
    void nsfwScoresFallIntoTenBands(double score, String band) {
        assertEquals(band, ItemTerms.nsfwBand(score));
    }

    @Test
    void aCursorIsReadBackAndNothingElseIs() {
        Cursor cursor = new Cursor(Instant.parse("1969-12-31T23:59:59.999999Z"), UUID.randomUUID());

        assertEquals(cursor, Cursor.parse(cursor.text()));
        String tooEarly = "g" + "A".repeat(31);
        for (String text : List.of("x", "AAAA", "a b", cursor.text() + "AA", tooEarly)) {
            assertThrows(IllegalArgumentException.class, () -> Cursor.parse(text));
        }
    }

    @Test
    void anItemsIdFollowsFromOwnerAndAsset() {
        UUID id = ItemId.of("ann", Samples.content("A"));

        assertEquals(id, ItemId.of("ann", Samples.content("A")));
        assertFalse(id.equals(ItemId.of("ben", Samples.content("A"))));
        assertFalse(id.equals(ItemId.of("ann", Samples.content("B"))));
        assertEquals(8, id.version());
        assertEquals(2, id.variant());
    }
}
