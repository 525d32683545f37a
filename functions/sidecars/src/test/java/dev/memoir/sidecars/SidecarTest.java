package dev.memoir.sidecars;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.memoir.media.Edits;
import dev.memoir.media.GeoPoint;
import dev.memoir.media.Sha256;
import dev.memoir.media.TakenAt;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SidecarTest {
    private static final Sha256 CONTENT = new Sha256("ab".repeat(32));

    private static final Instant TRASHED = Instant.parse("2026-03-01T10:00:00.120Z");

    private static byte[] sample(String name) throws IOException {
        try (var in = SidecarTest.class.getResourceAsStream(name)) {
            return in.readAllBytes();
        }
    }

    private static String text(byte[] xml) {
        return new String(xml, StandardCharsets.UTF_8);
    }

    private static byte[] rdf(String inside) {
        return ("<x:xmpmeta xmlns:x='adobe:ns:meta/'><rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'>"
                        + inside + "</rdf:RDF></x:xmpmeta>")
                .getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void everyEditIsReadBackAsItWasWritten() throws Exception {
        List<Function<Edits, Edits>> changes = List.of(
                edits -> edits.withTitle("Évening <in> \"Nice\" & 日本"),
                edits -> edits.withTitle(""),
                edits -> edits.withDescription("two\nlines"),
                edits -> edits.withDescription(""),
                edits -> edits.withTags(List.of("sea", "a, b", "Größe")),
                edits -> edits.withTags(List.of()),
                edits -> edits.withRating(0),
                edits -> edits.withRating(5),
                edits -> edits.withTaken(taken("2024-07-14T18:30:05.123456", Optional.of(ZoneOffset.ofHours(2)))),
                edits -> edits.withTaken(taken("1899-12-31T23:00", Optional.empty())),
                edits -> edits.withTaken(taken("2024-07-14T18:30:05", Optional.of(ZoneOffset.UTC))),
                edits -> edits.withPlace(new Edits.Place(Optional.of(new GeoPoint(43.7102, 7.25, Optional.of(12.5))))),
                edits ->
                        edits.withPlace(new Edits.Place(Optional.of(new GeoPoint(-90, -179.999, Optional.of(-400.0))))),
                edits -> edits.withPlace(new Edits.Place(Optional.empty())),
                edits -> edits.withOrientation(6),
                edits -> edits.withFavourite(true),
                edits -> edits.withArchived(true),
                edits -> edits.withStack(new Edits.Stack(Optional.of(CONTENT))),
                edits -> edits.withStack(new Edits.Stack(Optional.empty())),
                edits -> edits.withTrashed(Optional.of(TRASHED)),
                edits -> edits.withTrashed(Optional.empty()),
                edits -> edits.with(Edits.NONE, edits.differing(Edits.NONE)));
        Random random = new Random(7);
        Edits edits = Edits.NONE;
        byte[] xml = Sidecar.blank().saying(edits, CONTENT);
        for (int i = 0; i < 300; i++) {
            edits = changes.get(random.nextInt(changes.size())).apply(edits);

            xml = Sidecar.read(xml).saying(edits, CONTENT);

            assertEquals(edits, Sidecar.read(xml).edits());
        }
        assertEquals(Optional.of(CONTENT), Sidecar.read(xml).content());
    }

    @Test
    void whatWasPutIntoTheTrashIsOneContentAndNotWhateverHasItsNameLater() throws Exception {
        Edits said = Edits.NONE.withRating(3).withTrashed(Optional.of(TRASHED));
        Sidecar sidecar = Sidecar.read(Sidecar.blank().saying(said, CONTENT));

        assertEquals(said, sidecar.edits(CONTENT));
        Sha256 later = new Sha256("cd".repeat(32));
        assertEquals(Edits.NONE.withRating(3), sidecar.edits(later));
        Edits edited = sidecar.edits(later).withFavourite(true);
        assertEquals(edited, Sidecar.read(sidecar.saying(edited, later)).edits());
    }

    private static TakenAt taken(String local, Optional<ZoneOffset> offset) {
        return new TakenAt(LocalDateTime.parse(local), offset, TakenAt.Source.EDITED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"digikam.xmp", "lightroom.xmp", "darktable.xmp"})
    void whatOtherProgramsWriteIsUnderstood(String program) throws Exception {
        Edits edits = Sidecar.read(sample(program)).edits();

        assertEquals(Optional.of(4), edits.rating());
        assertEquals(Optional.of(List.of("holiday", "sea")), edits.tags());
        assertEquals(
                Optional.of(LocalDateTime.parse("2024-07-14T18:30:05")),
                edits.taken().map(TakenAt::local));
        assertEquals(43.7102, edits.place().orElseThrow().point().orElseThrow().latitude(), 1e-6);
        assertFalse(edits.favourite());
        assertFalse(edits.archived());
    }

    @Test
    void propertiesOfOtherProgramsStayWhenEditsAreWritten() throws Exception {
        Sidecar sidecar = Sidecar.read(sample("digikam.xmp"));

        String written = text(sidecar.saying(sidecar.edits().withTitle("Mine").withRating(5), CONTENT));

        for (String foreign : List.of(
                "digiKam:ColorLabel", "Places/Nice", "Titel auf Deutsch", "mwg-rs:RegionList", "Ada Lovelace")) {
            assertTrue(written.contains(foreign), foreign + " in " + written);
        }
        Edits read = Sidecar.read(written.getBytes(StandardCharsets.UTF_8)).edits();
        assertEquals(Optional.of("Mine"), read.title());
        assertEquals(Optional.of(5), read.rating());
        assertEquals(Optional.of(List.of("holiday", "sea")), read.tags());
    }

    @Test
    void whatIsSetBackToTheFileLeavesNoTrace() throws Exception {
        byte[] before = Sidecar.blank().saying(Edits.NONE, CONTENT);
        Edits all = Edits.NONE
                .withTitle("a")
                .withDescription("")
                .withTags(List.of("b"))
                .withRating(1)
                .withTaken(taken("2024-07-14T18:30:05", Optional.empty()))
                .withPlace(new Edits.Place(Optional.of(new GeoPoint(1, 2, Optional.of(3.0)))))
                .withOrientation(8)
                .withFavourite(true)
                .withArchived(true);

        byte[] edited = Sidecar.read(before).saying(all, CONTENT);

        assertEquals(text(before), text(Sidecar.read(edited).saying(Edits.NONE, CONTENT)));
    }

    @Test
    void valuesThatMeanNothingAreAsIfTheyWereNotThere() throws Exception {
        Edits edits = Sidecar.read(rdf(
                        "<rdf:Description xmlns:xmp='http://ns.adobe.com/xap/1.0/' xmlns:exif='http://ns.adobe.com/exif/1.0/'"
                                + " xmlns:tiff='http://ns.adobe.com/tiff/1.0/' xmlns:dc='http://purl.org/dc/elements/1.1/'"
                                + " xmp:Rating='-1' exif:GPSLatitude='99,0N' exif:GPSLongitude='7,0E' tiff:Orientation='9'"
                                + " exif:DateTimeOriginal='0000-00-00T00:00:00' dc:title='' dc:subject=''/>"))
                .edits();

        assertEquals(Edits.NONE, edits);
    }

    @Test
    void whatIsNoXmpIsRefusedWithAReason() {
        assertTrue(refusal("not xml".getBytes(StandardCharsets.UTF_8)).startsWith("is not well-formed XML"));
        assertTrue(refusal("<html/>".getBytes(StandardCharsets.UTF_8)).contains("no rdf:RDF"));
        assertTrue(refusal(new byte[0]).startsWith("is not well-formed XML"));
        assertTrue(refusal(new byte[Sidecar.LARGEST + 1]).contains("larger"));
    }

    @Test
    void entitiesAreNeverResolvedAndNestingHasAnEnd() {
        String entity = "<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/hostname'>]>"
                + text(rdf("<rdf:Description xmlns:dc='http://purl.org/dc/elements/1.1/' ><dc:title>&e;</dc:title>"
                        + "</rdf:Description>"));
        assertTrue(refusal(entity.getBytes(StandardCharsets.UTF_8)).contains("document type"));
        String deep = "<a>".repeat(50_000) + "</a>".repeat(50_000);
        assertTrue(refusal(rdf(deep)).contains("nested"));
    }

    private static String refusal(byte[] xml) {
        return assertThrows(BrokenSidecar.class, () -> Sidecar.read(xml)).getMessage();
    }
}
