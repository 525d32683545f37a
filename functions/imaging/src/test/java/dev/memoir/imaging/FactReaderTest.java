package dev.memoir.imaging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.memoir.media.Facts;
import dev.memoir.media.GeoPoint;
import dev.memoir.media.TakenAt;
import dev.memoir.media.TakenAt.Source;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FactReaderTest {
    @TempDir
    Path folder;

    private Facts facts(Path file) {
        return new FactReader(RealTools.CLOCK)
                .read(file, MediaTypes.of(file), file.getFileName().toString(), Optional.empty());
    }

    private Facts facts(Exif exif) throws IOException {
        return facts(Files.write(folder.resolve("photo.jpg"), exif.jpeg(64, 48)));
    }

    @Test
    void aPhonePhotoTellsItsTimePlaceAndCamera() {
        Facts facts = facts(RealTools.sample("photos/starfish.jpg"));
        assertEquals(Optional.of(1278), facts.width());
        assertEquals(Optional.of(720), facts.height());
        assertEquals(
                Optional.of(new TakenAt(
                        LocalDateTime.of(2013, 5, 10, 15, 21, 35), Optional.empty(), Source.LOCAL_ASSUMED_UTC)),
                facts.takenAt());
        GeoPoint place = facts.location().orElseThrow();
        assertEquals(55.0387558, place.latitude(), 1e-6);
        assertEquals(8.4571906, place.longitude(), 1e-6);
        assertEquals(Optional.of("Nokia"), facts.camera().make());
        assertEquals(Optional.of("Lumia 820"), facts.camera().model());
        assertEquals(Optional.of(2.2), facts.exposure().fNumber());
        assertEquals(Optional.of(100), facts.exposure().iso());
        assertEquals("Nokia", facts.rawTags().get("Exif IFD0").get("Make"));
    }

    @Test
    void anIphonesHeicTellsItsFactsAndItsOffset() {
        Facts facts = facts(RealTools.sample("heic/pug.heic"));
        assertEquals("image/heic", facts.mediaType());
        assertEquals(
                Optional.of(new TakenAt(
                        LocalDateTime.of(2023, 2, 21, 14, 33, 8, 302_000_000),
                        Optional.of(ZoneOffset.ofHours(3)),
                        Source.OFFSET_TAG)),
                facts.takenAt());
        GeoPoint place = facts.location().orElseThrow();
        assertEquals(44.850478, place.latitude(), 1e-6);
        assertEquals(34.976647, place.longitude(), 1e-6);
        assertEquals(Optional.of("iPhone 13 Pro"), facts.camera().model());
        assertEquals(
                Optional.of("iPhone 13 Pro back dual wide camera 5.7mm f/1.5"),
                facts.camera().lens());
    }

    @Test
    void anAndroidPhonesHeicWithoutAnOffsetGetsItFromItsGpsClock() {
        Facts facts = facts(RealTools.sample("heic/xiaomi.heic"));
        assertEquals(
                Optional.of(new TakenAt(
                        LocalDateTime.of(2023, 4, 27, 19, 44, 18, 732_000_000),
                        Optional.of(ZoneOffset.ofHours(3)),
                        Source.GPS_CLOCK)),
                facts.takenAt());
    }

    @ParameterizedTest
    @CsvSource({
        "N, E, 0, 15.5, 47.25, 12",
        "S, W, 1, -15.5, -47.25, -12",
        "S, E, 0, -15.5, 47.25, 12",
        "N, W, 1, 15.5, -47.25, -12"
    })
    void hemispheresAndDepthsGiveTheSigns(String ns, String ew, int below, double lat, double lon, double altitude)
            throws IOException {
        Facts facts = facts(Exif.with().place(155_000, ns, 472_500, ew).altitude(below, 12));
        assertEquals(Optional.of(new GeoPoint(lat, lon, Optional.of(altitude))), facts.location());
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "950000, 100000", "100000, 1900000"})
    void placesThatAreNoneAreLeftOut(int latitude, int longitude) throws IOException {
        assertEquals(
                Optional.empty(),
                facts(Exif.with().place(latitude, "N", longitude, "E")).location());
    }

    @Test
    void anOffsetTagIsUsed() throws IOException {
        Facts facts = facts(Exif.with().taken("2024:03:04 12:00:00").offset("+05:45"));
        assertEquals(
                Optional.of(new TakenAt(
                        LocalDateTime.of(2024, 3, 4, 12, 0), Optional.of(ZoneOffset.of("+05:45")), Source.OFFSET_TAG)),
                facts.takenAt());
    }

    @Test
    void theGpsClockGivesTheOffsetOfTheCamerasClock() throws IOException {
        Facts facts = facts(Exif.with()
                .taken("2024:03:04 12:00:00")
                .place(155_000, "S", 472_500, "W")
                .satellites("2024:03:04", 15, 0, 7));
        assertEquals(
                Optional.of(ZoneOffset.ofHours(-3)),
                facts.takenAt().orElseThrow().offset());
        assertEquals(Source.GPS_CLOCK, facts.takenAt().orElseThrow().source());
    }

    @Test
    void aNonsenseDateIsPassedOverForTheNameOfTheFile() throws IOException {
        Path file = Files.write(
                folder.resolve("IMG_20191220_170832.jpg"),
                Exif.with().taken("0000:00:00 00:00:00").jpeg(8, 8));
        assertEquals(Source.FILE_NAME, facts(file).takenAt().orElseThrow().source());
    }

    @Test
    void whatPeopleWroteByOtherProgramsIsRead() throws IOException {
        Facts facts = facts(Exif.with()
                .main(0x10E, "OLYMPUS DIGITAL CAMERA         ")
                .main(0x9C9E, "sea;boat; sea".getBytes(StandardCharsets.UTF_16LE))
                .xmp("""
                        <x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
                        <rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/"
                          xmp:Rating="4">
                        <dc:title><rdf:Alt><rdf:li xml:lang="x-default">Crossing</rdf:li></rdf:Alt></dc:title>
                        <dc:description><rdf:Alt><rdf:li xml:lang="x-default">Oma and Opa\uD83D\uDE00</rdf:li></rdf:Alt></dc:description>
                        <dc:subject><rdf:Bag><rdf:li>ferry</rdf:li><rdf:li>sea</rdf:li></rdf:Bag></dc:subject>
                        </rdf:Description></rdf:RDF></x:xmpmeta>"""));
        assertEquals(Optional.of("Crossing"), facts.title());
        assertEquals(Optional.of("Oma and Opa\uD83D\uDE00"), facts.description());
        assertEquals(List.of("ferry", "sea", "boat"), facts.keywords());
        assertEquals(Optional.of(4), facts.rating());
    }

    @Test
    void whatCamerasWriteIntoEveryPictureIsNoDescription() throws IOException {
        assertEquals(
                Optional.empty(), facts(Exif.with().main(0x10E, "SONY DSC")).description());
    }

    @Test
    void exposureAndStarsAreRead() throws IOException {
        Facts facts =
                facts(Exif.with().camera("ACME", "Snap 1").exposure(1, 250, 400).rating(3));
        assertEquals(Optional.of(0.004), facts.exposure().seconds());
        assertEquals(Optional.of(400), facts.exposure().iso());
        assertEquals(Optional.of(3), facts.rating());
        assertEquals(Optional.of("ACME"), facts.camera().make());
    }

    @Test
    void textThatADatabaseWouldRefuseIsCleaned() throws IOException {
        Facts facts = facts(Exif.with().camera("AC\u0001ME\u0000\u0000", " x "));
        assertEquals(Optional.of("ACME"), facts.camera().make());
        assertEquals(Optional.of("x"), facts.camera().model());
        facts.rawTags()
                .values()
                .forEach(tags -> tags.values()
                        .forEach(value ->
                                assertFalse(value.chars().anyMatch(c -> c < ' ' && c != '\n' && c != '\t'), value)));
    }

    @Test
    void rawTagsAreBounded() throws IOException {
        StringBuilder bag = new StringBuilder();
        for (int i = 0; i < 3000; i++) {
            bag.append("<rdf:li>k").append(i).append("</rdf:li>");
        }
        String xmp = """
                <x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
                <rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:subject><rdf:Bag>%s</rdf:Bag></dc:subject>
                </rdf:Description></rdf:RDF></x:xmpmeta>""".formatted(bag.substring(0, bag.length()));
        Facts facts = facts(
                Exif.with().main(0x10E, "y".repeat(9000)).xmp(xmp.length() > 64_000 ? xmp.substring(0, 64_000) : xmp));
        int count = facts.rawTags().values().stream().mapToInt(m -> m.size()).sum();
        assertTrue(count <= 1500, () -> count + " tags");
        assertTrue(facts.keywords().size() <= 200);
        assertTrue(facts.rawTags().values().stream()
                .flatMap(m -> m.values().stream())
                .allMatch(v -> v.length() <= 500));
    }

    @Test
    void anXmpPacketCannotReadOtherFilesOrGrowWithoutEnd() throws IOException {
        Path secret = Files.writeString(folder.resolve("secret.txt"), "the-secret");
        String external = """
                <!DOCTYPE x [<!ENTITY s SYSTEM "file://%s">]>
                <x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
                <rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:source>&s;</dc:source></rdf:Description>
                </rdf:RDF></x:xmpmeta>""".formatted(secret);
        assertFalse(facts(Exif.with().xmp(external)).rawTags().toString().contains("the-secret"));
        StringBuilder laughs = new StringBuilder("<!DOCTYPE x [<!ENTITY l0 \"lol\">");
        for (int i = 1; i < 12; i++) {
            laughs.append(
                    "<!ENTITY l%d \"%s\">".formatted(i, "&l%d;".formatted(i - 1).repeat(10)));
        }
        String billion = laughs + "]><x:xmpmeta xmlns:x=\"adobe:ns:meta/\">&l11;</x:xmpmeta>";
        Assertions.assertTimeout(Duration.ofSeconds(20), () -> facts(Exif.with().xmp(billion)));
    }

    @Test
    void aTextHasNoFactsButItsType() throws IOException {
        Path file = Files.writeString(folder.resolve("notes.jpg"), "Buy milk.");
        assertEquals(Facts.onlyType("text/plain"), facts(file));
    }

    @Test
    void anOffsetWrittenForAnotherTagHoldsWhenBothNameTheSameMoment() throws IOException {
        Exif taken = Exif.with().taken("2024:03:04 12:00:00").exif(0x9010, "+02:00");
        assertEquals(
                Optional.of(new TakenAt(
                        LocalDateTime.of(2024, 3, 4, 12, 0), Optional.of(ZoneOffset.ofHours(2)), Source.OFFSET_TAG)),
                facts(taken.main(0x132, "2024:03:04 12:00:00")).takenAt());
        assertEquals(
                Source.LOCAL_ASSUMED_UTC,
                facts(taken.main(0x132, "2024:09:09 09:09:09"))
                        .takenAt()
                        .orElseThrow()
                        .source());
    }

    @Test
    void whatXmpRepeatsOfExifIsReadWhereExifWasDropped() throws IOException {
        Facts facts = facts(Exif.with().xmp("""
                        <x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
                        <rdf:Description xmlns:exif="http://ns.adobe.com/exif/1.0/" xmlns:tiff="http://ns.adobe.com/tiff/1.0/"
                          xmlns:aux="http://ns.adobe.com/exif/1.0/aux/" tiff:Make="ACME" tiff:Model="Snap" aux:Lens="35mm"
                          exif:ExposureTime="1/250" exif:FNumber="28/10" exif:FocalLength="35/1"
                          exif:GPSLatitude="33,30.0S" exif:GPSLongitude="151,15,36E" exif:GPSAltitude="12/1"
                          exif:GPSAltitudeRef="1">
                          <exif:ISOSpeedRatings><rdf:Seq><rdf:li>200</rdf:li></rdf:Seq></exif:ISOSpeedRatings>
                        </rdf:Description></rdf:RDF></x:xmpmeta>"""));
        assertEquals(new Facts.Camera(Optional.of("ACME"), Optional.of("Snap"), Optional.of("35mm")), facts.camera());
        assertEquals(
                new Facts.Exposure(
                        Optional.of(0.004), Optional.of(2.8), Optional.of(35.0), Optional.empty(), Optional.of(200)),
                facts.exposure());
        GeoPoint place = facts.location().orElseThrow();
        assertEquals(-33.5, place.latitude(), 1e-9);
        assertEquals(151.26, place.longitude(), 1e-9);
        assertEquals(Optional.of(-12.0), place.altitude());
    }

    @Test
    void aRealPhotoNamesItsLensInXmpOnly() {
        assertEquals(
                Optional.of("EF35mm f/1.4L USM"),
                facts(RealTools.sample("people/obama3.jpg")).camera().lens());
    }

    @Test
    void whatExifSaysIsBelievedBeforeXmp() throws IOException {
        Facts facts = facts(Exif.with()
                .camera("ACME", "Snap")
                .place(155_000, "S", 472_500, "W")
                .xmp("""
                        <x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
                        <rdf:Description xmlns:exif="http://ns.adobe.com/exif/1.0/" xmlns:tiff="http://ns.adobe.com/tiff/1.0/"
                          tiff:Make="Other" exif:GPSLatitude="91,0.0N" exif:GPSLongitude="1,0.0E"/>
                        </rdf:RDF></x:xmpmeta>"""));
        assertEquals(Optional.of("ACME"), facts.camera().make());
        assertEquals(-15.5, facts.location().orElseThrow().latitude(), 1e-9);
    }
}
