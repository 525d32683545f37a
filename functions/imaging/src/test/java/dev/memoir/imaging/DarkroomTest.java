package dev.memoir.imaging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.drew.imaging.ImageMetadataReader;
import com.drew.metadata.Directory;
import com.drew.metadata.exif.ExifDirectoryBase;
import com.drew.metadata.icc.IccDirectory;
import com.drew.metadata.xmp.XmpDirectory;
import dev.memoir.media.AssetState;
import dev.memoir.media.GeoPoint;
import dev.memoir.media.Rendition;
import dev.memoir.media.TakenAt;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.color.ColorSpace;
import java.awt.color.ICC_Profile;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DarkroomTest {
    @TempDir
    static Path scratch;

    @TempDir
    Path folder;

    private static Darkroom darkroom;

    @BeforeAll
    static void open() {
        darkroom = Darkroom.open(RealTools.tools(scratch), RealTools.CLOCK);
    }

    private Developed develop(String name, byte[] content) throws IOException {
        return darkroom.develop(Files.write(folder.resolve(name), content), name);
    }

    private static Developed develop(Path file) {
        return darkroom.develop(file, file.getFileName().toString());
    }

    private static BufferedImage picture(Developed developed, Rendition rendition) throws IOException {
        return ImageIO.read(new ByteArrayInputStream(developed.renditions().get(rendition)));
    }

    /** Red, green, blue and yellow quarters: which way up it is can be seen. */
    private static BufferedImage quarters(int width, int height) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D g = image.createGraphics();
        Color[] colours = {Color.RED, Color.GREEN, Color.BLUE, Color.YELLOW};
        for (int i = 0; i < 4; i++) {
            g.setColor(colours[i]);
            g.fillRect(i % 2 * width / 2, i / 2 * height / 2, width / 2, height / 2);
        }
        g.dispose();
        return image;
    }

    private static void assertColour(Color expected, int rgb, int tolerance) {
        Color actual = new Color(rgb);
        int distance = Math.max(
                Math.abs(expected.getRed() - actual.getRed()),
                Math.max(
                        Math.abs(expected.getGreen() - actual.getGreen()),
                        Math.abs(expected.getBlue() - actual.getBlue())));
        assertTrue(distance <= tolerance, () -> expected + " was expected, " + actual + " is there");
    }

    private void assertNothingIsLeftInScratch() throws IOException {
        try (Stream<Path> left = Files.list(scratch)) {
            assertEquals(List.of(), left.toList());
        }
    }

    @Test
    void aPhotoGetsAllRenditionsInTheirSizesWithoutMetadata() throws Exception {
        Developed developed = develop(RealTools.sample("people/obama3.jpg"));
        assertEquals(AssetState.READY, developed.state());
        assertEquals(Optional.empty(), developed.reason());
        assertEquals(EnumSet.allOf(Rendition.class), developed.renditions().keySet());
        int width = developed.facts().width().orElseThrow();
        int height = developed.facts().height().orElseThrow();
        for (Rendition rendition : Rendition.values()) {
            BufferedImage picture = picture(developed, rendition);
            int expected = Math.min(rendition.longSide(), Math.max(width, height));
            assertEquals(expected, Math.max(picture.getWidth(), picture.getHeight()));
            assertEquals((double) width / height, (double) picture.getWidth() / picture.getHeight(), 0.01);
            for (Directory directory : ImageMetadataReader.readMetadata(
                            new ByteArrayInputStream(developed.renditions().get(rendition)))
                    .getDirectories()) {
                boolean tells = directory instanceof ExifDirectoryBase
                        || directory instanceof XmpDirectory
                        || directory instanceof IccDirectory;
                assertFalse(tells, () -> rendition + " carries " + directory);
            }
        }
        assertTrue(developed.thumbhash().orElseThrow().length <= 25);
        assertNothingIsLeftInScratch();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7, 8})
    void eachOrientationComesOutUprightInTheSameSize(int orientation) throws IOException {
        Developed developed = develop(RealTools.sample("orientation/Landscape_" + orientation + ".jpg"));
        Developed reference = develop(RealTools.sample("orientation/Landscape_1.jpg"));
        assertEquals(Optional.of(1800), developed.facts().width());
        assertEquals(Optional.of(1200), developed.facts().height());
        BufferedImage picture = picture(developed, Rendition.THUMBNAIL);
        BufferedImage expected = picture(reference, Rendition.THUMBNAIL);
        // The figure in the middle differs in its number only; the sky and the ground are the same.
        for (int[] at : new int[][] {{10, 10}, {240, 10}, {10, 155}, {240, 155}}) {
            assertColour(new Color(expected.getRGB(at[0], at[1])), picture.getRGB(at[0], at[1]), 40);
        }
    }

    @ParameterizedTest
    @CsvSource({"1, RED", "2, GREEN", "3, YELLOW", "4, BLUE", "5, RED", "6, BLUE", "7, YELLOW", "8, GREEN"})
    void theOrientationIsAppliedByEitherDecoder(int orientation, String topLeft) throws Exception {
        byte[] jpeg = Exif.with().orientation(orientation).into(Exif.encoded(quarters(400, 200), "jpeg"));
        Color expected = (Color) Color.class.getField(topLeft).get(null);
        Path file = Files.write(folder.resolve("turned.jpg"), jpeg);
        Darkroom bare = Darkroom.open(RealTools.none(scratch), RealTools.CLOCK);
        for (Developed developed : List.of(develop(file), bare.develop(file, "turned.jpg"))) {
            boolean turned = orientation >= 5;
            assertEquals(Optional.of(turned ? 200 : 400), developed.facts().width());
            BufferedImage picture = picture(developed, Rendition.THUMBNAIL);
            assertEquals(turned, picture.getHeight() > picture.getWidth());
            assertColour(expected, picture.getRGB(5, 5), 40);
        }
    }

    @Test
    void smallPicturesAreNotEnlarged() throws IOException {
        Developed developed = develop("small.jpg", Exif.with().jpeg(40, 30));
        assertEquals(40, picture(developed, Rendition.PREVIEW).getWidth());
    }

    @Test
    void transparencyBecomesWhite() throws IOException {
        BufferedImage clear = new BufferedImage(300, 300, BufferedImage.TYPE_INT_ARGB);
        Developed developed = develop("clear.png", Exif.encoded(clear, "png"));
        assertColour(Color.WHITE, picture(developed, Rendition.PREVIEW).getRGB(150, 150), 2);
    }

    @Test
    void sixteenBitsAndGreyBecomeEightBitSrgb() throws IOException {
        BufferedImage grey = new BufferedImage(300, 200, BufferedImage.TYPE_USHORT_GRAY);
        grey.getRaster().setPixel(0, 0, new int[] {0});
        for (int i = 0; i < 300 * 200; i++) {
            grey.getRaster().setSample(i % 300, i / 300, 0, 0x8000);
        }
        Developed developed = develop("grey.png", Exif.encoded(grey, "png"));
        assertEquals(AssetState.READY, developed.state());
        BufferedImage picture = picture(developed, Rendition.PREVIEW);
        assertEquals(3, picture.getColorModel().getNumComponents());
        assertColour(new Color(128, 128, 128), picture.getRGB(100, 100), 3);
    }

    @Test
    void coloursOfAnotherProfileAreConverted() throws IOException {
        // Half of full light is 188 in sRGB.
        ColorSpace linear = ColorSpace.getInstance(ColorSpace.CS_LINEAR_RGB);
        var model = new java.awt.image.ComponentColorModel(
                linear, false, false, java.awt.Transparency.OPAQUE, java.awt.image.DataBuffer.TYPE_BYTE);
        var raster = model.createCompatibleWritableRaster(200, 100);
        for (int i = 0; i < 200 * 100; i++) {
            raster.setPixel(i % 200, i / 200, new int[] {128, 128, 128});
        }
        Path profile = Files.write(
                folder.resolve("linear.icc"),
                ((java.awt.color.ICC_ColorSpace) linear).getProfile().getData());
        BufferedImage half = new BufferedImage(200, 100, BufferedImage.TYPE_INT_RGB);
        half.setData(raster);
        Path png = Files.write(folder.resolve("half.png"), Exif.encoded(half, "png"));
        VipsDecoder vips = new VipsDecoder(
                new VipsLibrary(RealTools.tools(scratch).libvips().orElseThrow(), 1), DecodeLimits.USUAL);
        try (Bitmap bitmap =
                vips.decode(png, Optional.of(profile), "image/png", 200, false).bitmap()) {
            assertEquals(188, bitmap.rgba()[0] & 0xFF, 3);
        } catch (UnreadablePicture e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void theFirstPictureOfAnAnimationIsShown() {
        Developed developed = develop(RealTools.sample("odd/no_time_for_that_tiny.gif"));
        assertEquals(AssetState.READY, developed.state());
        assertEquals("image/gif", developed.facts().mediaType());
        assertEquals(developed.renditions().keySet(), EnumSet.allOf(Rendition.class));
    }

    @Test
    void aTiffOfSeveralPagesShowsItsFirst() throws IOException {
        var bytes = new java.io.ByteArrayOutputStream();
        var writer = ImageIO.getImageWritersByFormatName("tiff").next();
        try (var out = ImageIO.createImageOutputStream(bytes)) {
            writer.setOutput(out);
            writer.prepareWriteSequence(null);
            for (Color page : List.of(Color.RED, Color.BLUE)) {
                BufferedImage image = new BufferedImage(120, 80, BufferedImage.TYPE_INT_RGB);
                Graphics2D g = image.createGraphics();
                g.setColor(page);
                g.fillRect(0, 0, 120, 80);
                g.dispose();
                writer.writeToSequence(new javax.imageio.IIOImage(image, null, null), null);
            }
            writer.endWriteSequence();
        }
        Developed developed = develop("pages.tif", bytes.toByteArray());
        assertEquals(AssetState.READY, developed.state());
        assertColour(Color.RED, picture(developed, Rendition.PREVIEW).getRGB(60, 40), 5);
    }

    @ParameterizedTest
    @CsvSource({
        "astronaut.png, image/png, 512, 512",
        "chelsea.png, image/png, 451, 300",
        "rocket.jpg, image/jpeg, 640, 427"
    })
    void samplePhotosHaveTheirTypesAndSizes(String name, String type, int width, int height) {
        Developed developed = develop(RealTools.sample("photos/" + name));
        assertEquals(type, developed.facts().mediaType());
        assertEquals(Optional.of(width), developed.facts().width());
        assertEquals(Optional.of(height), developed.facts().height());
    }

    @Test
    void anIphonesHeicOfTilesBecomesOneUprightPicture() throws IOException {
        Developed developed = develop(RealTools.sample("heic/pug.heic"));
        assertEquals(Optional.empty(), developed.reason());
        assertEquals(Optional.of(4032), developed.facts().width());
        assertEquals(Optional.of(3024), developed.facts().height());
        BufferedImage picture = picture(developed, Rendition.ANALYSIS);
        assertEquals(1920, picture.getWidth());
        assertEquals(1440, picture.getHeight());
        // Every tile shows something: no quarter is of one colour, as a missing tile would be.
        for (int y = 0; y < 6; y++) {
            for (int x = 0; x < 8; x++) {
                BufferedImage tile = picture.getSubimage(x * 240, y * 240, 240, 240);
                long colours = java.util.stream.IntStream.range(0, 240 * 240)
                        .map(i -> tile.getRGB(i % 240, i / 240))
                        .distinct()
                        .count();
                assertTrue(colours > 50, () -> "a tile has only " + colours + " colours");
            }
        }
        assertNothingIsLeftInScratch();
    }

    @Test
    void aHeicWithAnEmptyColourProfileIsShownToo() {
        Developed developed = develop(RealTools.sample("heic/empty_icc.heic"));
        assertEquals(AssetState.READY, developed.state());
        assertEquals(Optional.of(1025), developed.facts().width());
        assertEquals(33.3361, developed.facts().location().orElseThrow().longitude(), 1e-4);
    }

    @Test
    void aFilmTellsItsFactsAndGetsAPoster() throws IOException {
        Path film = RealTools.filmed(
                folder.resolve("VID.mp4"),
                "-f",
                "lavfi",
                "-i",
                "color=red:size=320x240:rate=10:duration=2",
                "-metadata",
                "creation_time=2019-12-20T20:08:34Z",
                "-metadata",
                "location=-15.8355-048.0153+1172.000/",
                "-c:v",
                "mpeg4");
        Developed developed = develop(film);
        assertEquals(AssetState.READY, developed.state());
        assertEquals("video/mp4", developed.facts().mediaType());
        assertEquals(2.0, developed.facts().durationSeconds().orElseThrow(), 0.2);
        assertEquals(
                Optional.of(new TakenAt(
                        LocalDateTime.of(2019, 12, 20, 20, 8, 34), Optional.empty(), TakenAt.Source.UTC_CONTAINER)),
                developed.facts().takenAt());
        assertEquals(
                Optional.of(new GeoPoint(-15.8355, -48.0153, Optional.of(1172.0))),
                developed.facts().location());
        assertColour(Color.RED, picture(developed, Rendition.THUMBNAIL).getRGB(100, 100), 20);
        assertNothingIsLeftInScratch();
    }

    /** Two seconds each of these colours. */
    private Path filmOf(String name, String... colours) {
        List<String> arguments = new ArrayList<>();
        for (String colour : colours) {
            arguments.addAll(List.of("-f", "lavfi", "-i", "color=" + colour + ":size=320x240:rate=10:duration=2"));
        }
        arguments.addAll(List.of("-filter_complex", "concat=n=" + colours.length, "-c:v", "mpeg4"));
        return RealTools.filmed(folder.resolve(name), arguments.toArray(String[]::new));
    }

    private static Color middle(byte[] jpeg) throws IOException {
        BufferedImage picture = ImageIO.read(new ByteArrayInputStream(jpeg));
        assertEquals(320, picture.getWidth());
        return new Color(picture.getRGB(160, 120));
    }

    @Test
    void aFilmGivesAFrameOfEachFurtherScene() throws IOException {
        Developed developed = develop(filmOf("VID.mp4", "black", "white", "black", "lime"));

        assertEquals(AssetState.READY, developed.state());
        assertColour(Color.BLACK, picture(developed, Rendition.ANALYSIS).getRGB(160, 120), 20);
        assertEquals(3, developed.frames().size());
        assertColour(Color.WHITE, middle(developed.frames().get(0)).getRGB(), 20);
        assertColour(Color.BLACK, middle(developed.frames().get(1)).getRGB(), 20);
        assertColour(Color.GREEN, middle(developed.frames().get(2)).getRGB(), 20);
        assertNothingIsLeftInScratch();
    }

    @Test
    void aSceneThatLastsAMomentIsSeen() throws IOException {
        Path film = RealTools.filmed(
                folder.resolve("VID.mp4"),
                "-f",
                "lavfi",
                "-i",
                "color=black:size=320x240:rate=10:duration=20,drawbox=color=white:t=fill:enable='between(t,12,12.9)'",
                "-c:v",
                "mpeg4");
        Developed developed = develop(film);

        assertEquals(4, developed.frames().size());
        assertColour(Color.WHITE, middle(developed.frames().get(2)).getRGB(), 20);
    }

    @Test
    void aFilmThatBreaksOffGivesTheFramesThatAreThere() throws IOException {
        Path film = RealTools.filmed(
                folder.resolve("VID.mkv"),
                "-i",
                filmOf("whole.mp4", "black", "white", "black", "white").toString(),
                "-c",
                "copy");
        byte[] whole = Files.readAllBytes(film);
        Files.write(film, Arrays.copyOf(whole, whole.length / 2));
        Files.delete(folder.resolve("whole.mp4"));

        Developed developed = develop(film);

        assertEquals(AssetState.READY, developed.state(), developed.reason().toString());
        assertTrue(developed.frames().size() < 4, developed.frames().size() + " frames");
        assertNothingIsLeftInScratch();
    }

    @Test
    void aPhotoHasNoFurtherFrames() throws IOException {
        assertEquals(List.of(), develop(RealTools.sample("photos/chelsea.png")).frames());
    }

    @Test
    void aFilmOfAPhoneHeldUprightIsUpright() throws IOException {
        Path lying = RealTools.filmed(
                folder.resolve("lying.mp4"),
                "-f",
                "lavfi",
                "-i",
                "testsrc=size=320x240:rate=10:duration=1",
                "-c:v",
                "mpeg4");
        Path film = RealTools.filmed(
                folder.resolve("IMG_0001.MOV"),
                "-display_rotation",
                "90",
                "-i",
                lying.toString(),
                "-c",
                "copy",
                "-metadata",
                "com.apple.quicktime.creationdate=2019-12-20T17:08:34-0300",
                "-metadata",
                "com.apple.quicktime.content.identifier=ABCD-1234",
                "-movflags",
                "use_metadata_tags",
                "-f",
                "mov");
        Developed developed = develop(film);
        assertEquals("video/quicktime", developed.facts().mediaType());
        assertEquals(Optional.of(240), developed.facts().width());
        assertEquals(Optional.of(320), developed.facts().height());
        assertEquals(240, picture(developed, Rendition.PREVIEW).getWidth());
        assertEquals(Optional.of("ABCD-1234"), developed.facts().livePhotoId());
        TakenAt taken = developed.facts().takenAt().orElseThrow();
        assertEquals(Optional.of(ZoneOffset.ofHours(-3)), taken.offset());
        assertEquals(TakenAt.Source.OFFSET_TAG, taken.source());
    }

    @Test
    void aMatroskaFilmIsShown() {
        Path film = RealTools.filmed(
                folder.resolve("clip.mkv"),
                "-f",
                "lavfi",
                "-i",
                "testsrc=size=160x120:rate=10:duration=1",
                "-c:v",
                "mpeg4");
        Developed developed = develop(film);
        assertEquals("video/x-matroska", developed.facts().mediaType());
        assertEquals(AssetState.READY, developed.state());
    }

    @Test
    void soundInAFilmsContainerHasNoPicture() {
        Path sound = RealTools.filmed(
                folder.resolve("memo.mp4"), "-f", "lavfi", "-i", "sine=duration=1", "-c:a", "aac", "-f", "mp4");
        Developed developed = develop(sound);
        assertEquals(AssetState.NO_PREVIEW, developed.state());
        assertTrue(developed.reason().orElseThrow().contains("no picture"));
    }

    @Test
    void aPlaylistInDisguiseReadsNothingElse() throws IOException {
        Path secret =
                Files.write(folder.resolve("secret.mp4"), Files.readAllBytes(RealTools.sample("videos/bikes.mp4")));
        Developed developed = develop("film.mp4", ("#EXTM3U\n#EXTINF:1,\nfile://" + secret + "\n").getBytes());
        assertEquals("text/plain", developed.facts().mediaType());
        assertEquals(Map.of(), developed.renditions());
    }

    @Test
    void anEmptyFileIsDamaged() throws IOException {
        Developed developed = develop("IMG_1.jpg", new byte[0]);
        assertEquals(AssetState.DAMAGED, developed.state());
        assertEquals(Optional.of("the file is empty (0 bytes)"), developed.reason());
    }

    @Test
    void zerosUnderAPhotosNameAreDamaged() throws IOException {
        Developed developed = develop("IMG_1.jpg", new byte[100_000]);
        assertEquals(AssetState.DAMAGED, developed.state());
        assertTrue(developed.reason().orElseThrow().contains("named like a picture"));
    }

    @Test
    void aWrongNameDoesNotMatter() throws IOException {
        Developed developed = develop("holiday.txt", Files.readAllBytes(RealTools.sample("photos/rocket.jpg")));
        assertEquals(AssetState.READY, developed.state());
        assertEquals("image/jpeg", developed.facts().mediaType());
    }

    /** libvips leaves a pointer to freed memory behind such a picture: the second one in a process killed it. */
    @Test
    void cmykIsShownWhateverItsProfile() throws IOException {
        byte[] ofOtherColours = ICC_Profile.getInstance(ColorSpace.CS_sRGB).getData();
        for (byte[] profile : List.of(new byte[0], ofOtherColours, new byte[0], ofOtherColours)) {
            Developed developed = develop("print.tif", redInCmyk(64, profile));
            assertEquals(AssetState.READY, developed.state(), developed.reason()::toString);
            assertColour(
                    new Color(232, 30, 42),
                    picture(developed, Rendition.PREVIEW).getRGB(32, 32),
                    12);
        }
    }

    /** A TIFF as TIFF 6.0 (section 16) has it: one strip, no compression. */
    private static byte[] redInCmyk(int side, byte[] profile) {
        byte[] pixels = new byte[4 * side * side];
        for (int i = 0; i < side * side; i++) {
            pixels[4 * i + 1] = (byte) 255; // magenta and yellow make red
            pixels[4 * i + 2] = (byte) 255;
        }
        int tags = profile.length == 0 ? 9 : 10;
        int bits = 8 + 2 + 12 * tags + 4;
        int[][] entries = {
            {256, 3, 1, side},
            {257, 3, 1, side},
            {258, 3, 4, bits},
            {259, 3, 1, 1},
            {262, 3, 1, 5},
            {273, 4, 1, bits + 8},
            {277, 3, 1, 4},
            {278, 3, 1, side},
            {279, 4, 1, pixels.length},
            {34675, 7, profile.length, bits + 8 + pixels.length}
        };
        ByteBuffer tiff =
                ByteBuffer.allocate(bits + 8 + pixels.length + profile.length).order(ByteOrder.LITTLE_ENDIAN);
        tiff.put((byte) 'I').put((byte) 'I').putShort((short) 42).putInt(8).putShort((short) tags);
        for (int[] e : Arrays.copyOf(entries, tags)) {
            tiff.putShort((short) e[0]).putShort((short) e[1]).putInt(e[2]).putInt(e[3]);
        }
        tiff.putInt(0);
        for (int band = 0; band < 4; band++) {
            tiff.putShort((short) 8);
        }
        return tiff.put(pixels).put(profile).array();
    }

    @Test
    void aPageUnderAPhotosNameSaysWhatItIs() throws IOException {
        Developed developed = develop("IMG_2.jpg", "<html><body>404 Not Found</body></html>".getBytes());
        assertEquals(AssetState.NO_PREVIEW, developed.state());
        assertEquals(Optional.of("it is named like a picture or film, but holds text/plain"), developed.reason());
    }

    @Test
    void textIsKeptWithoutAPreview() throws IOException {
        Developed developed = develop("notes.txt", "Buy milk.".getBytes());
        assertEquals(AssetState.NO_PREVIEW, developed.state());
        assertEquals(Optional.of("no preview yet for text/plain"), developed.reason());
    }

    @ParameterizedTest
    @ValueSource(strings = {"photos/rocket.jpg", "people/obama.jpg"})
    void aPhotoThatIsCutShortIsDamagedAndShowsWhatThereIs(String sample) throws IOException {
        byte[] whole = Files.readAllBytes(RealTools.sample(sample));
        Developed developed = develop("cut.jpg", Arrays.copyOf(whole, whole.length / 2));
        assertEquals(AssetState.DAMAGED, developed.state());
        assertTrue(developed.reason().orElseThrow().contains("only a part"), developed.reason()::toString);
        assertEquals(EnumSet.allOf(Rendition.class), developed.renditions().keySet());
    }

    @Test
    void aFilmThatIsCutShortIsDamaged() throws IOException {
        byte[] whole = Files.readAllBytes(RealTools.filmed(
                folder.resolve("whole.mp4"),
                "-f",
                "lavfi",
                "-i",
                "testsrc=size=160x120:rate=10:duration=1",
                "-c:v",
                "mpeg4"));
        Developed developed = develop("cut.mp4", Arrays.copyOf(whole, whole.length / 2));
        assertEquals(AssetState.DAMAGED, developed.state());
        assertTrue(developed.reason().orElseThrow().contains("no picture of the film"));
        assertFalse(developed.reason().orElseThrow().contains(folder.toString()));
    }

    /** ffprobe finds no track in such a file: that is not the same as a file with nothing but sound. */
    @Test
    void aFilmWhoseLastTablesAreCutOffIsDamaged() throws IOException {
        byte[] whole = Files.readAllBytes(RealTools.filmed(
                folder.resolve("whole.mp4"),
                "-f",
                "lavfi",
                "-i",
                "testsrc=size=160x120:rate=10:duration=1",
                "-c:v",
                "mpeg4"));
        int tables = new String(whole, StandardCharsets.ISO_8859_1).indexOf("mdhd");
        Developed developed = develop("cut.mp4", Arrays.copyOf(whole, tables + 40));
        assertEquals(AssetState.DAMAGED, developed.state());
        assertTrue(developed.reason().orElseThrow().contains("cut short"), developed.reason()::toString);
    }

    @Test
    void aSmallFileThatClaimsAGiantPictureIsRefusedBeforeItIsDecoded() throws IOException {
        byte[] png = Exif.encoded(new BufferedImage(8, 8, BufferedImage.TYPE_INT_RGB), "png");
        java.nio.ByteBuffer header = java.nio.ByteBuffer.wrap(png);
        header.putInt(16, 60_000).putInt(20, 60_000);
        java.util.zip.CRC32 crc = new java.util.zip.CRC32();
        crc.update(png, 12, 17);
        header.putInt(29, (int) crc.getValue());
        Developed developed = develop("bomb.png", png);
        assertEquals(AssetState.DAMAGED, developed.state());
        assertTrue(developed.reason().orElseThrow().contains("too many to decode"), developed.reason()::toString);
    }

    @Test
    void brokenSamplesAreKeptWithAReason() throws IOException {
        try (Stream<Path> broken = Files.list(RealTools.sample("broken"))) {
            for (Path file : broken.toList()) {
                Developed developed = develop(file);
                assertEquals(
                        developed.state() == AssetState.READY,
                        developed.reason().isEmpty(),
                        file::toString);
            }
        }
        assertNothingIsLeftInScratch();
    }

    @Test
    void filesWithFlippedBytesNeverThrow() throws IOException {
        List<Path> seeds = List.of(
                RealTools.sample("photos/rocket.jpg"),
                RealTools.sample("odd/no_time_for_that_tiny.gif"),
                RealTools.sample("odd/multipage_rgb.tif"),
                Files.write(folder.resolve("seed.png"), Exif.encoded(quarters(64, 64), "png")),
                Files.write(
                        folder.resolve("seed.jpg"),
                        Exif.with()
                                .camera("ACME", "Snap")
                                .taken("2024:03:04 12:00:00")
                                .place(155_000, "S", 472_500, "W")
                                .jpeg(64, 64)));
        java.util.Random random = new java.util.Random(20260601);
        for (Path seed : seeds) {
            byte[] whole = Files.readAllBytes(seed);
            for (int i = 0; i < 40; i++) {
                byte[] bytes = whole.clone();
                for (int flips = 1 + random.nextInt(12); flips > 0; flips--) {
                    // Headers and tables lie in front: that is where a flipped byte is worst.
                    bytes[random.nextInt(random.nextBoolean() ? Math.min(600, bytes.length) : bytes.length)] =
                            (byte) random.nextInt(256);
                }
                Developed developed = develop("fuzzed", bytes);
                assertEquals(
                        developed.state() == AssetState.READY,
                        developed.reason().isEmpty());
            }
        }
        assertNothingIsLeftInScratch();
    }

    @Test
    void withoutToolsEachMissingFormatNamesItsMend() throws IOException {
        Darkroom bare = Darkroom.open(RealTools.none(scratch), RealTools.CLOCK);
        Developed heic = bare.develop(RealTools.sample("heic/pug.heic"), "pug.heic");
        assertEquals(AssetState.NO_PREVIEW, heic.state());
        assertTrue(heic.reason().orElseThrow().contains("libvips"));
        Developed film = bare.develop(RealTools.sample("videos/bikes.mp4"), "bikes.mp4");
        assertEquals(AssetState.NO_PREVIEW, film.state());
        assertTrue(film.reason().orElseThrow().contains("parts install ffmpeg"));
        assertEquals(
                AssetState.READY,
                bare.develop(RealTools.sample("photos/rocket.jpg"), "rocket.jpg")
                        .state());
        assertTrue(bare.capabilities().stream()
                .filter(c -> c.mediaType().equals("image/heic"))
                .allMatch(c -> !c.works() && c.mend().isPresent()));
    }

    @Test
    void withAllToolsEverythingPromisedWorks() {
        assertTrue(darkroom.capabilities().stream().allMatch(Capability::works), darkroom.capabilities()::toString);
    }

    @Test
    void renditionsCanBeMadeInOtherFormatsForComparison() {
        Map<Rendition, byte[]> made = darkroom.render(
                RealTools.sample("people/obama3.jpg"),
                Set.of(Rendition.PREVIEW, Rendition.THUMBNAIL),
                Encoding.webp(80));
        assertEquals(Set.of(Rendition.PREVIEW, Rendition.THUMBNAIL), made.keySet());
        assertEquals("WEBP", new String(made.get(Rendition.PREVIEW), 8, 4, java.nio.charset.StandardCharsets.US_ASCII));
    }
}
