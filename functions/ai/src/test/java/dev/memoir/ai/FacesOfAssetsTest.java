package dev.memoir.ai;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Device;
import dev.memoir.ai.faces.FaceFinder;
import dev.memoir.ai.model.ModelFolder;
import dev.memoir.ai.model.ModelMissing;
import dev.memoir.ai.model.OnnxEngine;
import dev.memoir.ai.picture.Decoder;
import dev.memoir.ai.picture.Encoder;
import dev.memoir.ai.picture.Pixels;
import dev.memoir.ai.picture.Resampler;
import dev.memoir.ai.picture.UnreadablePicture;
import dev.memoir.catalog.Arrival;
import dev.memoir.catalog.Description;
import dev.memoir.catalog.FaceCatalog;
import dev.memoir.catalog.IngestCatalog;
import dev.memoir.catalog.ModelVersion;
import dev.memoir.catalog.Schema;
import dev.memoir.events.AssetPreviewed;
import dev.memoir.media.AssetState;
import dev.memoir.media.Facts;
import dev.memoir.media.Rendition;
import dev.memoir.media.Sha256;
import dev.memoir.models.ModelCatalogue;
import dev.memoir.parts.Part;
import dev.memoir.parts.Parts;
import dev.memoir.parts.Samples;
import dev.memoir.people.FaceRef;
import dev.memoir.people.Region;
import dev.memoir.store.Keys;
import dev.memoir.store.StoredObject;
import dev.memoir.testkit.TestPostgres;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import javax.imageio.ImageIO;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;

/** What becomes of the faces in real photos: a real store, a real database, the real models. */
class FacesOfAssetsTest {
    private static final double SLACK = 0.02;

    private static StoreWithBuckets bucket;
    private static Vision vision;
    private static FaceFinder finder;

    @TempDir
    private static Path models;

    private DataSource database;
    private IngestCatalog catalog;
    private FaceCatalog faces;
    private Analyst analyst;

    @BeforeAll
    static void open() {
        OnnxEngine.prepare(Optional.empty());
        bucket = new StoreWithBuckets();
        bucket.putModels();
        bucket.putFaceModels();
        vision = new Vision(ModelCatalogue.load(), ModelFolder.cacheOf(bucket.store(), models), Device.cpu());
        finder = new FaceFinder(ModelCatalogue.faces(), ModelFolder.cacheOf(bucket.store(), models), Device.cpu());
    }

    @AfterAll
    static void close() {
        vision.close();
        finder.close();
        bucket.close();
    }

    @BeforeEach
    void begin() {
        TestPostgres.Database made = TestPostgres.shared().newDatabase();
        var administrator = source(made.url(), made.user(), made.password());
        Schema.roles(administrator, "api secret", "ingest secret");
        Schema.migrate(administrator);
        database = source(made.url(), Schema.INGEST, "ingest secret");
        catalog = IngestCatalog.over(database);
        faces = FaceCatalog.over(database);
        faces.want(true);
        analyst = analyst(() -> finder);
    }

    private Analyst analyst(Supplier<FaceFinder> opening) {
        return new Analyst(
                bucket.store(), catalog, vision, new FaceAnalyst(bucket.store(), faces, opening), Optional.empty());
    }

    private static DataSource source(String url, String user, String password) {
        var source = new PGSimpleDataSource();
        source.setUrl(url);
        source.setUser(user);
        source.setPassword(password);
        return source;
    }

    /** A row of the table, as far as tests ask. */
    private record Row(UUID id, double x, double y, double width, double height, boolean usable, UUID person) {}

    private List<Row> rows(Sha256 asset) throws SQLException {
        List<Row> rows = new ArrayList<>();
        try (var connection = database.getConnection();
                var query = connection.prepareStatement("SELECT * FROM face WHERE sha256 = ? ORDER BY x")) {
            query.setBytes(1, asset.bytes());
            var result = query.executeQuery();
            while (result.next()) {
                rows.add(new Row(
                        result.getObject("id", UUID.class),
                        result.getDouble("x"),
                        result.getDouble("y"),
                        result.getDouble("width"),
                        result.getDouble("height"),
                        result.getBoolean("usable"),
                        result.getObject("person", UUID.class)));
            }
        }
        return rows;
    }

    private List<String> cutOuts(Sha256 asset) {
        try (var there = bucket.store().list("derived", Keys.faces(asset), "")) {
            return there.map(StoredObject::key).toList();
        }
    }

    private static BufferedImage person(String name) throws IOException {
        return ImageIO.read(
                Parts.open().file(Part.SAMPLES, Samples.PEOPLE + "/" + name).toFile());
    }

    /** In the size that the postprocessor gives. */
    private static BufferedImage scaled(BufferedImage picture, double longSide) {
        double by = longSide / Math.max(picture.getWidth(), picture.getHeight());
        var small = new BufferedImage(
                (int) (picture.getWidth() * by), (int) (picture.getHeight() * by), BufferedImage.TYPE_3BYTE_BGR);
        Graphics2D graphics = small.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
        graphics.drawImage(picture, 0, 0, small.getWidth(), small.getHeight(), null);
        graphics.dispose();
        return small;
    }

    private static byte[] jpeg(BufferedImage picture) throws IOException {
        var bytes = new ByteArrayOutputStream();
        ImageIO.write(picture, "jpg", bytes);
        return Encoder.jpeg(Decoder.decode(bytes.toByteArray()), 92);
    }

    private Sha256 known(String name, byte[] rendition) throws Exception {
        Sha256 asset = Sha256.of(MessageDigest.getInstance("SHA-256").digest(name.getBytes(StandardCharsets.UTF_8)));
        bucket.store().put("derived", Keys.rendition(asset, Rendition.ANALYSIS), rendition, "image/jpeg");
        catalog.record(new Arrival(
                "originals",
                name,
                Optional.of("v1"),
                "etag",
                1,
                Instant.parse("2026-03-01T10:00:00Z"),
                "home",
                asset,
                Optional.of(new Description(
                        Facts.onlyType("image/jpeg"),
                        AssetState.READY,
                        Optional.empty(),
                        Set.of(Rendition.ANALYSIS),
                        Optional.empty(),
                        1))));
        return asset;
    }

    private Sha256 looked(String name, BufferedImage picture) throws Exception {
        Sha256 asset = known(name, jpeg(picture));
        assertTrue(analyst.analyse(previewed(asset, false)).isPresent());
        return asset;
    }

    private static AssetPreviewed previewed(Sha256 asset, boolean again) {
        return new AssetPreviewed(asset.hex(), Keys.rendition(asset, Rendition.ANALYSIS), again);
    }

    private static ModelVersion faceModels() {
        ModelCatalogue.Together together = ModelCatalogue.faces().together();
        return new ModelVersion("faces", together.name(), together.version());
    }

    @Test
    void portraitsOfTheSamePersonBecomeOneAndOfAnotherAnother() throws Exception {
        List<Row> all = new ArrayList<>();
        for (String name : List.of("obama.jpg", "obama2.jpg", "obama3.jpg", "biden.jpg")) {
            Sha256 asset = looked(name, scaled(person(name), 1920));
            List<Row> found = rows(asset);
            assertEquals(1, found.size(), name);
            Row face = found.getFirst();
            assertTrue(face.usable(), name);
            assertTrue(
                    face.x() > 0 && face.y() > 0 && face.x() + face.width() < 1 && face.y() + face.height() < 1,
                    "in parts of the picture: " + face);
            assertEquals(List.of(Keys.face(asset, face.id())), cutOuts(asset));
            assertTrue(catalog.analyses(asset).contains(faceModels()));
            all.add(face);
        }
        UUID one = all.getFirst().person();
        assertEquals(
                List.of(one, one, one),
                all.subList(0, 3).stream().map(Row::person).toList());
        assertNotEquals(one, all.getLast().person());
    }

    @Test
    void aRepeatLooksAtNothingAndAgainGivesTheSameFaces() throws Exception {
        Sha256 asset = looked("again", scaled(person("biden.jpg"), 1200));
        List<Row> first = rows(asset);

        var none = analyst(() -> {
            throw new AssertionError("nothing is to be looked at");
        });
        assertTrue(none.analyse(previewed(asset, false)).isPresent());

        analyst.analyse(previewed(asset, true));
        assertEquals(first, rows(asset));
        assertEquals(1, cutOuts(asset).size());
    }

    @Test
    void withoutTheFamilysWishNoFaceIsLookedFor() throws Exception {
        faces.want(false);
        Sha256 asset = looked("unwanted", scaled(person("biden.jpg"), 1200));
        assertEquals(List.of(), rows(asset));
        assertEquals(List.of(), cutOuts(asset));
        assertFalse(catalog.analyses(asset).contains(faceModels()));
        assertEquals(2, catalog.analyses(asset).size(), "labels and NSFW come all the same");
    }

    @Test
    void aWishThatEndsWhileFacesAreLookedForLeavesNothing() throws Exception {
        var turnedOff = analyst(() -> {
            faces.erase();
            return finder;
        });
        Sha256 asset = known("turned off", jpeg(scaled(person("biden.jpg"), 1200)));
        assertTrue(turnedOff.analyse(previewed(asset, false)).isPresent());
        assertEquals(List.of(), rows(asset));
        assertEquals(List.of(), cutOuts(asset));
    }

    @Test
    void whereNobodyIsToBeRecognisedNeitherRowNorCutOutIsLeft() throws Exception {
        Sha256 asset = looked("forgotten", scaled(person("biden.jpg"), 1200));
        Row face = rows(asset).getFirst();
        // Another model or size would find it a little elsewhere.
        var about = new Region(face.x() + face.width() / 10, face.y(), face.width(), face.height());
        assertEquals(1, faces.settle(Set.of(new FaceRef(asset, about))));

        analyst.analyse(previewed(asset, true));

        assertEquals(List.of(), rows(asset));
        assertEquals(List.of(), cutOuts(asset));
        assertTrue(catalog.analyses(asset).contains(faceModels()));
    }

    @Test
    void aPictureWithoutAFaceIsLookedAtOnce() throws Exception {
        Sha256 cat = known(
                "cat",
                Encoder.jpeg(
                        Decoder.decode(
                                Files.readAllBytes(Parts.open().file(Part.SAMPLES, Samples.PHOTOS + "/chelsea.png"))),
                        95));
        analyst.analyse(previewed(cat, false));
        assertEquals(List.of(), rows(cat));
        assertTrue(catalog.analyses(cat).contains(faceModels()));
    }

    @Test
    void manyFacesAreAllFoundAndEachInItsPlace() throws Exception {
        var crowd = new BufferedImage(1920, 1500, BufferedImage.TYPE_3BYTE_BGR);
        Graphics2D graphics = crowd.createGraphics();
        graphics.setColor(Color.LIGHT_GRAY);
        graphics.fillRect(0, 0, 1920, 1500);
        BufferedImage face = scaled(person("biden.jpg").getSubimage(100, 0, 800, 800), 480);
        for (int i = 0; i < 12; i++) {
            graphics.drawImage(face, i % 4 * 480, i / 4 * 500, null);
        }
        graphics.dispose();

        Sha256 asset = looked("crowd", crowd);

        List<Row> found = rows(asset);
        assertEquals(12, found.size());
        assertEquals(12, cutOuts(asset).size());
        assertEquals(found.get(0).x(), found.get(2).x(), SLACK, "a column");
        assertEquals(1 / 4.0, found.get(3).x() - found.get(0).x(), SLACK, "a column further");
    }

    @Test
    void aTinyFaceStaysWithItsPhotoButIsNobodys() throws Exception {
        var wide = new BufferedImage(300, 300, BufferedImage.TYPE_3BYTE_BGR);
        Graphics2D graphics = wide.createGraphics();
        graphics.setColor(Color.GRAY);
        graphics.fillRect(0, 0, 300, 300);
        graphics.drawImage(scaled(person("biden.jpg"), 240), 30, 30, null);
        graphics.dispose();

        List<Row> found = rows(looked("tiny", wide));

        assertEquals(1, found.size());
        assertFalse(found.getFirst().usable());
        assertEquals(null, found.getFirst().person());
    }

    @Test
    void aBlurredFaceStaysWithItsPhotoButIsNobodys() throws Exception {
        Pixels sharp =
                Decoder.decode(Files.readAllBytes(Parts.open().file(Part.SAMPLES, Samples.PEOPLE + "/obama.jpg")));
        Pixels small = Resampler.resize(sharp, 60, 60 * sharp.height() / sharp.width(), Resampler.Filter.BICUBIC);
        Pixels blurred = Resampler.resize(small, 900, 900 * sharp.height() / sharp.width(), Resampler.Filter.BICUBIC);
        Sha256 asset = known("blurred", Encoder.jpeg(blurred, 92));
        analyst.analyse(previewed(asset, false));
        List<Row> found = rows(asset);
        assertEquals(1, found.size());
        assertFalse(found.getFirst().usable());
    }

    @Test
    void aCorruptPreviewIsToldWithItsKeyAndLabelsAndFacesWait() throws Exception {
        Sha256 asset = known("corrupt", new byte[] {(byte) 0xFF, (byte) 0xD8, 1, 2, 3});
        var told = assertThrows(UnreadablePicture.class, () -> analyst.analyse(previewed(asset, false)));
        assertTrue(told.getMessage().contains(Keys.rendition(asset, Rendition.ANALYSIS)), told.getMessage());
        assertEquals(Set.of(), catalog.analyses(asset));
    }

    @Test
    void aFaceModelThatIsMissingOrAnotherFileIsNamedAndLabelsAreThereAllTheSame(@TempDir Path empty) throws Exception {
        try (var without = new StoreWithBuckets()) {
            var lost = analyst(() ->
                    new FaceFinder(ModelCatalogue.faces(), ModelFolder.cacheOf(without.store(), empty), Device.cpu()));
            Sha256 asset = known("without models", jpeg(scaled(person("biden.jpg"), 700)));

            var missing = assertThrows(ModelMissing.class, () -> lost.analyse(previewed(asset, false)));
            assertTrue(missing.getMessage().contains("dlib-mmod/1/dlib-mmod.onnx"), missing.getMessage());
            assertEquals(2, catalog.analyses(asset).size());

            without.store().put("derived", "models/dlib-mmod/1/dlib-mmod.onnx", new byte[723933], "x/y");
            var wrong = assertThrows(ModelMissing.class, () -> lost.analyse(previewed(asset, false)));
            assertTrue(wrong.getMessage().contains("sha256"), wrong.getMessage());

            without.putFaceModels();
            assertTrue(lost.analyse(previewed(asset, false)).isPresent());
            assertEquals(1, rows(asset).size());
        }
    }
}
