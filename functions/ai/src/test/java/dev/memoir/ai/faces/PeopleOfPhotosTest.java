package dev.memoir.ai.faces;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Device;
import dev.memoir.ai.model.ModelFolder;
import dev.memoir.ai.model.OnnxEngine;
import dev.memoir.ai.picture.Pixels;
import dev.memoir.media.Sha256;
import dev.memoir.models.ModelCatalogue;
import dev.memoir.models.Preparation.Channels;
import dev.memoir.parts.Part;
import dev.memoir.parts.Parts;
import dev.memoir.people.Decided;
import dev.memoir.people.FaceRef;
import dev.memoir.people.FaceSet;
import dev.memoir.people.Grouping;
import dev.memoir.people.Region;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.awt.image.RescaleOp;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.UnaryOperator;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import org.junit.jupiter.api.Test;

/**
 * Whether faces of real photos come to who they are: all labelled photos of people that the sample packages have, each as it is and in
 * ten ways in which photos of the same moment differ.
 */
class PeopleOfPhotosTest {
    private static final int LONG_SIDE = 1000;
    private static final Map<String, String> WHO = Map.of(
            "people/obama.jpg", "Obama",
            "people/obama2.jpg", "Obama",
            "people/obama3.jpg", "Obama",
            "people/biden.jpg", "Biden",
            "photos/astronaut.png", "Collins");

    private record Labelled(String who, float[] embedding, boolean usable) {}

    private static final Map<String, UnaryOperator<BufferedImage>> WAYS = new LinkedHashMap<>();

    static {
        WAYS.put("as it is", picture -> picture);
        WAYS.put(
                "mirrored",
                picture -> drawn(
                        picture,
                        new AffineTransform(-1, 0, 0, 1, picture.getWidth(), 0),
                        picture.getWidth(),
                        picture.getHeight()));
        WAYS.put("darker", picture -> rescaled(picture, 0.6f, 0));
        WAYS.put("brighter", picture -> rescaled(picture, 1.25f, 20));
        WAYS.put("less contrast", picture -> rescaled(picture, 0.6f, 60));
        WAYS.put("turned to the left", picture -> turned(picture, -12));
        WAYS.put("turned to the right", picture -> turned(picture, 12));
        WAYS.put("half the size", picture -> sized(picture, 0.5));
        WAYS.put("strongly compressed", picture -> compressed(picture, 0.25f));
        WAYS.put("black and white", PeopleOfPhotosTest::grey);
        WAYS.put("noisy", PeopleOfPhotosTest::noisy);
    }

    @Test
    void facesOfThePhotosAreGroupedByWhoTheyAre() throws Exception {
        OnnxEngine.prepare(Optional.empty());
        List<Labelled> faces = new ArrayList<>();
        try (var finder = new FaceFinder(
                ModelCatalogue.faces(), ModelFolder.filled(Parts.open().path(Part.MODELS_FACES)), Device.cpu())) {
            for (Map.Entry<String, String> photo : new TreeMap<>(WHO).entrySet()) {
                BufferedImage picture = scaled(ImageIO.read(
                        Parts.open().file(Part.SAMPLES, photo.getKey()).toFile()));
                for (Map.Entry<String, UnaryOperator<BufferedImage>> way : WAYS.entrySet()) {
                    List<Portrait> found =
                            finder.portraits(pixels(way.getValue().apply(picture)));
                    assertEquals(1, found.size(), photo.getKey() + " " + way.getKey());
                    faces.add(new Labelled(
                            photo.getValue(),
                            found.getFirst().face().embedding(),
                            Quality.of(found.getFirst()).usable()));
                }
            }
        }
        assertTrue(faces.stream().filter(Labelled::usable).count() >= 50, "the gates let good faces pass");
        double f1 = pairwiseF1(faces, grouped(faces, 1));
        assertTrue(f1 >= 0.99, "pairwise F1 " + f1);
        assertEquals(
                sameness(grouped(faces, 1)), sameness(grouped(faces, 2)), "other ids, another order: the same groups");
    }

    /** The person of each face; ids are drawn anew for each seed, and with them the order. */
    private static List<UUID> grouped(List<Labelled> faces, long seed) {
        Random random = new Random(seed);
        Map<UUID, Integer> ids = new TreeMap<>();
        for (int i = 0; i < faces.size(); i++) {
            ids.put(new UUID(random.nextLong(), random.nextLong()), i);
        }
        float[] embeddings = new float[faces.size() * 128];
        boolean[] usable = new boolean[faces.size()];
        List<FaceRef> refs = new ArrayList<>();
        int at = 0;
        for (int face : ids.values()) {
            System.arraycopy(faces.get(face).embedding(), 0, embeddings, at * 128, 128);
            usable[at++] = faces.get(face).usable();
            refs.add(new FaceRef(new Sha256(String.format("%064x", face)), new Region(0, 0, 1, 1)));
        }
        UUID[] persons = Grouping.of(
                new FaceSet(ids.keySet().toArray(UUID[]::new), embeddings, usable), refs, Decided.of(List.of()));
        UUID[] ofFaces = new UUID[faces.size()];
        at = 0;
        for (int face : ids.values()) {
            ofFaces[face] = persons[at++];
        }
        return Arrays.asList(ofFaces);
    }

    /** For each face the first one that has the same person. */
    private static List<Integer> sameness(List<UUID> persons) {
        return persons.stream().map(persons::indexOf).toList();
    }

    /** Of all pairs of usable faces: said to be one person's, and are. */
    private static double pairwiseF1(List<Labelled> faces, List<UUID> persons) {
        int right = 0;
        int said = 0;
        int are = 0;
        for (int i = 0; i < faces.size(); i++) {
            for (int j = 0; j < i; j++) {
                if (faces.get(i).usable() && faces.get(j).usable()) {
                    boolean one = faces.get(i).who().equals(faces.get(j).who());
                    boolean together = Objects.equals(persons.get(i), persons.get(j));
                    are += one ? 1 : 0;
                    said += together ? 1 : 0;
                    right += one && together ? 1 : 0;
                }
            }
        }
        double precision = (double) right / said;
        double recall = (double) right / are;
        return 2 * precision * recall / (precision + recall);
    }

    private static BufferedImage scaled(BufferedImage picture) {
        return sized(picture, (double) LONG_SIDE / Math.max(picture.getWidth(), picture.getHeight()));
    }

    private static BufferedImage sized(BufferedImage picture, double by) {
        return drawn(picture, AffineTransform.getScaleInstance(by, by), (int) (picture.getWidth() * by), (int)
                (picture.getHeight() * by));
    }

    private static BufferedImage turned(BufferedImage picture, double degrees) {
        return drawn(
                picture,
                AffineTransform.getRotateInstance(
                        Math.toRadians(degrees), picture.getWidth() / 2.0, picture.getHeight() / 2.0),
                picture.getWidth(),
                picture.getHeight());
    }

    private static BufferedImage drawn(BufferedImage picture, AffineTransform how, int width, int height) {
        var drawn = new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR);
        Graphics2D graphics = drawn.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
        graphics.drawImage(picture, how, null);
        graphics.dispose();
        return drawn;
    }

    private static BufferedImage rescaled(BufferedImage picture, float by, float plus) {
        return new RescaleOp(by, plus, null).filter(picture, null);
    }

    private static BufferedImage grey(BufferedImage picture) {
        var grey = new BufferedImage(picture.getWidth(), picture.getHeight(), BufferedImage.TYPE_BYTE_GRAY);
        grey.getGraphics().drawImage(picture, 0, 0, null);
        return sized(grey, 1);
    }

    private static BufferedImage noisy(BufferedImage picture) {
        BufferedImage noisy = sized(picture, 1);
        Random random = new Random(1);
        byte[] values = ((DataBufferByte) noisy.getRaster().getDataBuffer()).getData();
        for (int i = 0; i < values.length; i++) {
            values[i] = (byte) Math.clamp((long) ((values[i] & 0xFF) + random.nextGaussian() * 12), 0, 255);
        }
        return noisy;
    }

    private static BufferedImage compressed(BufferedImage picture, float quality) {
        var writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        var bytes = new ByteArrayOutputStream();
        try (var stream = ImageIO.createImageOutputStream(bytes)) {
            writer.setOutput(stream);
            ImageWriteParam parameters = writer.getDefaultWriteParam();
            parameters.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
            parameters.setCompressionQuality(quality);
            writer.write(null, new IIOImage(picture, null, null), parameters);
            stream.flush();
            return sized(ImageIO.read(new ByteArrayInputStream(bytes.toByteArray())), 1);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } finally {
            writer.dispose();
        }
    }

    private static Pixels pixels(BufferedImage picture) {
        byte[] values = ((DataBufferByte) picture.getRaster().getDataBuffer()).getData();
        return new Pixels(values, Channels.BGR, picture.getWidth(), picture.getHeight());
    }
}
