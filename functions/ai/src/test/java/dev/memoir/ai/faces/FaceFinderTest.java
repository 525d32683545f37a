package dev.memoir.ai.faces;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Device;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.memoir.ai.model.ModelFolder;
import dev.memoir.ai.model.ModelMissing;
import dev.memoir.ai.model.OnnxEngine;
import dev.memoir.ai.picture.Decoder;
import dev.memoir.ai.picture.Pixels;
import dev.memoir.models.ModelCatalogue;
import dev.memoir.models.Preparation.Channels;
import dev.memoir.parts.Part;
import dev.memoir.parts.Parts;
import dev.memoir.parts.Samples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Against what the real dlib says of the same photos: {@code models/faces_reference.py goldens}. */
class FaceFinderTest {
    private static FaceFinder finder;

    @BeforeAll
    static void open() {
        OnnxEngine.prepare(Optional.empty());
        finder = new FaceFinder(
                ModelCatalogue.faces(), ModelFolder.filled(Parts.open().path(Part.MODELS_FACES)), Device.cpu());
    }

    @AfterAll
    static void close() {
        finder.close();
    }

    static Stream<JsonNode> photos() throws IOException {
        return new ObjectMapper()
                .readTree(FaceFinderTest.class.getResourceAsStream("dlib.json"))
                .valueStream();
    }

    @ParameterizedTest
    @MethodSource("photos")
    void thePictureIsScaledAsDlibWasShownIt(JsonNode photo) throws Exception {
        Pixels picture = picture(photo);
        assertEquals(photo.get("width").asInt(), picture.width());
        assertEquals(photo.get("height").asInt(), picture.height());
        assertEquals(photo.get("pixelsSha256").asText(), sha256(picture));
    }

    @ParameterizedTest
    @MethodSource("photos")
    void theSameFacesAreFoundWithTheSamePointsAndEmbeddings(JsonNode photo) throws Exception {
        List<Face> faces = byPlace(finder.find(picture(photo), 1, 0.5));
        List<JsonNode> expected = photo.get("faces")
                .valueStream()
                .sorted(Comparator.comparingInt(face -> face.at("/box/0").asInt()))
                .toList();
        assertEquals(expected.size(), faces.size());
        for (int i = 0; i < faces.size(); i++) {
            check(expected.get(i), faces.get(i));
        }
    }

    private static void check(JsonNode expected, Face face) {
        Box box = face.box();
        int[] sides = {box.left(), box.top(), box.right(), box.bottom()};
        for (int side = 0; side < 4; side++) {
            assertEquals(expected.get("box").get(side).asInt(), sides[side], 1, "side " + side + " of the box");
        }
        assertEquals(expected.get("score").asDouble(), face.score(), 0.002);
        for (int i = 0; i < 5; i++) {
            JsonNode point = expected.get("points").get(i);
            assertEquals(
                    new Point(point.get(0).asInt(), point.get(1).asInt()),
                    face.points().get(i));
        }
        assertEquals(128, face.embedding().length);
        for (int i = 0; i < 128; i++) {
            assertEquals(expected.get("embedding").get(i).asDouble(), face.embedding()[i], 1e-5);
        }
    }

    @ParameterizedTest
    @MethodSource("photos")
    void theChipIsDlibsToTheBit(JsonNode photo) throws Exception {
        Pixels picture = picture(photo);
        for (JsonNode face : photo.get("faces")) {
            List<Point> points = face.get("points")
                    .valueStream()
                    .map(point -> new Point(point.get(0).asInt(), point.get(1).asInt()))
                    .toList();
            assertEquals(face.get("chipSha256").asText(), sha256(Chip.cut(picture, points, 150, 0.25)));
        }
    }

    @Test
    void facesOfOnePersonAreNearEachOtherAndThoseOfTwoAreNot() throws Exception {
        float[] one = finder.find(sample("obama.jpg"), 1, 0.5).getFirst().embedding();
        float[] again = finder.find(sample("obama2.jpg"), 1, 0.5).getFirst().embedding();
        float[] other = finder.find(sample("biden.jpg"), 1, 0.5).getFirst().embedding();
        assertTrue(distance(one, again) < 0.6, "the same: " + distance(one, again));
        assertTrue(distance(one, other) > 0.6, "another: " + distance(one, other));
    }

    @Test
    void fiftyFacesAreFiftyFaces() throws Exception {
        Pixels one = DetectionSize.of(decoded("obama.jpg"), 120, 1);
        Pixels crowd = repeated(one, 10, 5);
        List<Face> faces = finder.find(crowd, 0, 0.5);
        List<Face> enlarged = finder.find(crowd, 1, 0.5);
        assertEquals(0, faces.size(), "too small for the detector's window without enlarging");
        assertEquals(50, enlarged.size());
        assertTrue(enlarged.stream()
                .allMatch(face -> distance(face.embedding(), enlarged.getFirst().embedding()) < 0.3));
    }

    @Test
    void aPictureWithoutAFaceHasNone() throws Exception {
        Pixels cup = DetectionSize.of(
                Decoder.decode(Files.readAllBytes(Parts.open().file(Part.SAMPLES, "photos/coffee.png"))), 600, 1);
        assertEquals(List.of(), finder.find(cup, 1, 0.5));
    }

    @Test
    void thinAndTinyPicturesHaveNoFaces() {
        assertEquals(List.of(), finder.find(blank(1, 1), 1, 0.5));
        assertEquals(List.of(), finder.find(blank(600, 1), 1, 0.5));
        assertEquals(List.of(), finder.find(blank(1, 900), 0, 0.5));
        assertEquals(List.of(), finder.find(blank(6, 6), 1, 0.5));
    }

    @Test
    void theOrderOfTheColoursIsRespected() throws Exception {
        Pixels rgb = sample("obama.jpg");
        byte[] swapped = new byte[3 * rgb.width() * rgb.height()];
        for (int i = 0; i < swapped.length; i++) {
            swapped[i] = rgb.values()[i / 3 * 3 + 2 - i % 3];
        }
        Channels other = rgb.order() == Channels.RGB ? Channels.BGR : Channels.RGB;
        Face face = finder.find(rgb, 1, 0.5).getFirst();
        Face same = finder.find(new Pixels(swapped, other, rgb.width(), rgb.height()), 1, 0.5)
                .getFirst();
        assertEquals(face.box(), same.box());
        assertArrayEquals(face.embedding(), same.embedding());
    }

    @Test
    void theFloorSaysWhatCounts() throws Exception {
        assertEquals(List.of(), finder.find(sample("obama.jpg"), 1, 5));
    }

    @Test
    void aMissingOrForeignModelSaysHowToGetIt(@TempDir Path folder) throws Exception {
        Pixels picture = sample("obama.jpg");
        try (var empty = new FaceFinder(ModelCatalogue.faces(), ModelFolder.filled(folder), Device.cpu())) {
            var missing = assertThrows(ModelMissing.class, () -> empty.find(picture, 1, 0.5));
            assertTrue(missing.getMessage().contains("dlib-mmod/1/dlib-mmod.onnx is missing"), missing.getMessage());
            Path weights = folder.resolve("dlib-mmod/1/dlib-mmod.onnx");
            Files.createDirectories(weights.getParent());
            byte[] damaged = Files.readAllBytes(Parts.open().file(Part.MODELS_FACES, "dlib-mmod/1/dlib-mmod.onnx"));
            damaged[1000] ^= 1;
            Files.write(weights, damaged);
            var foreign = assertThrows(ModelMissing.class, () -> empty.find(picture, 1, 0.5));
            assertTrue(foreign.getMessage().contains("is another file than the catalogue's"), foreign.getMessage());
        }
    }

    private static List<Face> byPlace(List<Face> faces) {
        return faces.stream()
                .sorted(Comparator.comparingInt(face -> face.box().left()))
                .toList();
    }

    private static double distance(float[] one, float[] other) {
        double sum = 0;
        for (int i = 0; i < one.length; i++) {
            sum += (one[i] - other[i]) * (one[i] - other[i]);
        }
        return Math.sqrt(sum);
    }

    private static Pixels blank(int width, int height) {
        return new Pixels(new byte[3 * width * height], Channels.RGB, width, height);
    }

    private static Pixels repeated(Pixels picture, int across, int down) {
        int row = 3 * picture.width();
        byte[] all = new byte[row * picture.height() * across * down];
        for (int y = 0; y < picture.height() * down; y++) {
            for (int column = 0; column < across; column++) {
                System.arraycopy(picture.values(), y % picture.height() * row, all, (y * across + column) * row, row);
            }
        }
        return new Pixels(all, picture.order(), picture.width() * across, picture.height() * down);
    }

    private static Pixels sample(String file) throws IOException {
        return DetectionSize.of(decoded(file), 600, 1);
    }

    private static Pixels picture(JsonNode photo) throws IOException {
        return sample(photo.get("file").asText());
    }

    private static Pixels decoded(String file) throws IOException {
        Path photo = Stream.of(Samples.PEOPLE, Samples.PHOTOS)
                .map(folder -> Parts.open().file(Part.SAMPLES, folder + "/" + file))
                .filter(Files::exists)
                .findFirst()
                .orElseThrow();
        return Decoder.decode(Files.readAllBytes(photo));
    }

    /** Of the pixels in the order red, green, blue. */
    private static String sha256(Pixels pixels) throws Exception {
        var digest = MessageDigest.getInstance("SHA-256");
        int first = pixels.order() == Channels.RGB ? 0 : 2;
        for (int y = 0; y < pixels.height(); y++) {
            for (int x = 0; x < pixels.width(); x++) {
                int at = pixels.offset() + y * pixels.stride() + 3 * x;
                digest.update(pixels.values()[at + first]);
                digest.update(pixels.values()[at + 1]);
                digest.update(pixels.values()[at + 2 - first]);
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }
}
