package dev.memoir.imaging;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.memoir.media.Facts;
import dev.memoir.media.TakenAt;
import dev.memoir.media.TakenAt.Source;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What people wrote, in formats that keep it elsewhere than a JPEG does. */
class TextsInOtherFormatsTest {
    private static final byte[] XMP = """
            <x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
            <rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/"
              xmp:Rating="4">
            <dc:title><rdf:Alt><rdf:li xml:lang="x-default">Überfahrt</rdf:li></rdf:Alt></dc:title>
            <dc:subject><rdf:Bag><rdf:li>ferry</rdf:li><rdf:li>sea</rdf:li></rdf:Bag></dc:subject>
            </rdf:Description></rdf:RDF></x:xmpmeta>""".getBytes(StandardCharsets.UTF_8);

    @TempDir
    private Path folder;

    private Facts facts(String name, byte[] content, Map<String, String> film) throws IOException {
        Path file = Files.write(folder.resolve(name), content);
        return new FactReader(RealTools.CLOCK)
                .read(
                        file,
                        MediaTypes.of(file),
                        name,
                        Optional.of(film)
                                .filter(tags -> !tags.isEmpty())
                                .map(tags -> new Film(Optional.empty(), tags, Optional.empty())));
    }

    private void assertXmpIsRead(Facts facts) {
        assertEquals(Optional.of("Überfahrt"), facts.title());
        assertEquals(List.of("ferry", "sea"), facts.keywords());
        assertEquals(Optional.of(4), facts.rating());
    }

    /** Its items may lie in the file or among the tables, in one piece or several, numbered by two bytes or by four. */
    @ParameterizedTest
    @CsvSource({"heic, 0, 2, 1", "heic, 1, 3, 1", "avif, 0, 3, 3", "mif1, 2, 2, 2"})
    void xmpOfAHeifPictureIsRead(String brand, int locations, int entries, int pieces) throws IOException {
        assertXmpIsRead(facts("photo.heic", heif(brand, locations, entries, pieces, XMP.length), Map.of()));
    }

    @Test
    void tablesThatLeadBeyondTheFileCostOnlyWhatTheyNamed() throws IOException {
        Facts facts = facts("photo.heic", heif("heic", 0, 2, 1, Integer.MAX_VALUE), Map.of());
        assertEquals(Optional.empty(), facts.title());
        assertEquals("image/heic", facts.mediaType());
        byte[] whole = heif("heic", 1, 3, 1, XMP.length);
        for (int i = 24; i < whole.length - XMP.length; i++) {
            byte[] wrong = whole.clone();
            wrong[i] ^= (byte) 0xFF;
            assertEquals("image/heic", facts("photo.heic", wrong, Map.of()).mediaType());
        }
    }

    @Test
    void textsOfAPngAreRead() throws IOException {
        Facts facts = facts(
                "scan.png",
                png(Map.of(
                        "Title", "Hochzeit",
                        "Description", "Oma und Opa",
                        "Creation Time", "Fri, 20 Dec 2019 17:08:32 -0300")),
                Map.of());
        assertEquals(Optional.of("Hochzeit"), facts.title());
        assertEquals(Optional.of("Oma und Opa"), facts.description());
        assertEquals(
                Optional.of(new TakenAt(
                        LocalDateTime.of(2019, 12, 20, 17, 8, 32),
                        Optional.of(ZoneOffset.ofHours(-3)),
                        Source.OFFSET_TAG)),
                facts.takenAt());
    }

    @Test
    void tagsThatAPngKeepsAsTextAreRead() throws IOException {
        String xmp = HexFormat.of().formatHex(XMP);
        assertXmpIsRead(facts(
                "a.png", png(Map.of("XML:com.adobe.xmp", new String(XMP, StandardCharsets.UTF_8))), Map.of()));
        assertXmpIsRead(facts(
                "b.png",
                png(Map.of("Raw profile type xmp", "\nxmp\n  %d\n%s\n".formatted(XMP.length, xmp))),
                Map.of()));
        byte[] exif = Exif.with().camera("ACME", "Snap 1").tiff();
        String digits = HexFormat.of().formatHex("Exif\0\0".getBytes(StandardCharsets.US_ASCII))
                + HexFormat.of().formatHex(exif);
        String profile = "\nexif\n%8d\n%s\n".formatted(digits.length() / 2, digits.replaceAll("(.{72})", "$1\n"));
        Facts facts = facts("c.png", png(Map.of("Raw profile type exif", profile)), Map.of());
        assertEquals(Optional.of("Snap 1"), facts.camera().model());
    }

    @Test
    void keywordsAndStarsOfAFilmAreRead() throws IOException {
        Facts facts = facts(
                "film.png",
                png(Map.of()),
                Map.of("com.apple.quicktime.keywords", "ferry, sea", "com.apple.quicktime.rating.user", "5.000000"));
        assertEquals(List.of("ferry", "sea"), facts.keywords());
        assertEquals(Optional.of(5), facts.rating());
    }

    private static byte[] png(Map<String, String> texts) {
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        png.writeBytes(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'});
        png.writeBytes(chunk("IHDR", new byte[] {0, 0, 0, 1, 0, 0, 0, 1, 8, 0, 0, 0, 0}));
        texts.forEach((keyword, text) -> png.writeBytes(chunk(
                "iTXt",
                bytes(
                        keyword.getBytes(StandardCharsets.ISO_8859_1),
                        new byte[5],
                        text.getBytes(StandardCharsets.UTF_8)))));
        png.writeBytes(chunk("IDAT", new byte[] {0x78, (byte) 0x9C, 0x63, 0, 0, 0, 2, 0, 1}));
        png.writeBytes(chunk("IEND", new byte[0]));
        return png.toByteArray();
    }

    private static byte[] chunk(String type, byte[] content) {
        byte[] body = bytes(type.getBytes(StandardCharsets.US_ASCII), content);
        CRC32 check = new CRC32();
        check.update(body);
        return bytes(number(4, content.length), body, number(4, check.getValue()));
    }

    /**
     * A picture's tables without the picture: its first item is none of ours, its second one XMP.
     *
     * @param locations version of {@code iloc}; with 0 the content lies in the file, else among the tables
     * @param entries version of {@code infe}
     * @param pieces in which the content lies, each after a gap
     * @param length that is written for the last piece, if it is not the true one
     */
    private static byte[] heif(String brand, int locations, int entries, int pieces, int length) {
        byte[] kind = box("ftyp", (brand + "\0\0\0\0" + brand).getBytes(StandardCharsets.US_ASCII));
        byte[] hidden = hidden(pieces);
        byte[] wanted = tables(locations, entries, pieces, 0, length);
        int before = kind.length + wanted.length + (locations == 0 ? 8 : 0);
        return locations == 0
                ? bytes(kind, tables(locations, entries, pieces, before, length), box("mdat", hidden))
                : bytes(kind, wanted);
    }

    private static byte[] tables(int locations, int entries, int pieces, int start, int length) {
        int id = entries == 2 ? 2 : 4;
        byte[] first = box(
                "infe",
                number(1, entries),
                number(3, 0),
                number(id, 1),
                number(2, 0),
                "Exif\0".getBytes(StandardCharsets.US_ASCII));
        byte[] second = box(
                "infe",
                number(1, entries),
                number(3, 0),
                number(id, 2),
                number(2, 0),
                "mimeXMP\0application/rdf+xml\0".getBytes(StandardCharsets.US_ASCII));
        byte[] items = box("iinf", number(4, 0), number(2, 2), first, second);
        byte[] method = locations == 0 ? new byte[0] : number(2, 1);
        int idBytes = locations < 2 ? 2 : 4;
        int piece = XMP.length / pieces;
        byte[] extents = bytes(IntStream.range(0, pieces)
                .mapToObj(i -> {
                    int size = i < pieces - 1 ? piece : XMP.length - i * piece;
                    return bytes(number(4, 3 + i * (piece + 3L)), number(4, length == XMP.length ? size : length));
                })
                .toArray(byte[][]::new));
        byte[] places = box(
                "iloc",
                number(1, locations),
                number(3, 0),
                number(2, 0x4440),
                number(idBytes, 2),
                bytes(number(idBytes, 1), method, number(2, 0), number(4, 0), number(2, 1), number(4, 0), number(4, 1)),
                bytes(number(idBytes, 2), method, number(2, 0), number(4, start), number(2, pieces)),
                extents);
        byte[] data = locations == 0 ? new byte[0] : box("idat", hidden(pieces));
        return box("meta", number(4, 0), items, places, data);
    }

    private static byte[] hidden(int pieces) {
        int piece = XMP.length / pieces;
        return bytes(IntStream.range(0, pieces)
                .mapToObj(i -> bytes(
                        new byte[3],
                        java.util.Arrays.copyOfRange(XMP, i * piece, i < pieces - 1 ? (i + 1) * piece : XMP.length)))
                .toArray(byte[][]::new));
    }

    private static byte[] box(String type, byte[]... content) {
        byte[] body = bytes(content);
        return bytes(number(4, 8L + body.length), type.getBytes(StandardCharsets.US_ASCII), body);
    }

    private static byte[] number(int bytes, long value) {
        return java.util.Arrays.copyOfRange(
                ByteBuffer.allocate(8).putLong(value).array(), 8 - bytes, 8);
    }

    private static byte[] bytes(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        Stream.of(parts).forEach(all::writeBytes);
        return all.toByteArray();
    }
}
