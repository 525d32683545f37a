package dev.memoir.ai.faces;

import ai.djl.Device;
import dev.memoir.ai.model.ModelFolder;
import dev.memoir.ai.picture.Pixels;
import dev.memoir.models.Model;
import dev.memoir.models.ModelCatalogue;
import dev.memoir.models.Output;
import dev.memoir.models.Task;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds the faces of a picture and describes each: detector, landmarks, chip, embedding. Each model is loaded when it is first
 * needed. One picture at a time, on all cores: other threads wait, and memory stays that of one.
 */
public final class FaceFinder implements AutoCloseable {
    /** Faces that go through the network together; more gain nothing. */
    private static final int BATCH = 16;

    private final ModelFolder folder;
    private final Model landmarks;
    private final Session detectorNetwork;
    private final Session embeddingNetwork;
    private final Detector detector;
    private final Normaliser chipNormaliser;
    private final Output.Embedding embedding;
    private final Output.Boxes usual;
    private ShapePredictor predictor;

    public FaceFinder(ModelCatalogue catalogue, ModelFolder folder, Device device) {
        int cores = Runtime.getRuntime().availableProcessors();
        Model detection = catalogue.current().get(Task.FACE_DETECTION);
        Model description = catalogue.current().get(Task.FACE_EMBEDDING);
        this.folder = folder;
        this.landmarks = catalogue.current().get(Task.FACE_LANDMARKS);
        this.detectorNetwork = new Session(detection, folder, device, cores);
        this.embeddingNetwork = new Session(description, folder, device, cores);
        this.usual = (Output.Boxes) detection.output();
        this.detector = new Detector(detectorNetwork, new Normaliser(detection.preparation()), usual);
        this.chipNormaliser = new Normaliser(description.preparation());
        this.embedding = (Output.Embedding) description.output();
    }

    /**
     * The faces, the surest first.
     *
     * @param picture upright, at the size at which faces are to be looked for
     * @param enlarge how often it is doubled for the detector: see {@link Detector#detect}
     * @param floor the least score of a face
     * @throws dev.memoir.ai.model.ModelMissing when a model can't be had
     */
    public synchronized List<Face> find(Pixels picture, int enlarge, double floor) {
        return portraits(picture, detect(picture, enlarge, floor)).stream()
                .map(Portrait::face)
                .toList();
    }

    /**
     * The faces of a picture that is larger than it need be to find them: looked for as the catalogue says, and described at
     * the picture's full size, which is better for small faces.
     *
     * @param picture upright; the faces are told in its pixels
     */
    public synchronized List<Portrait> portraits(Pixels picture) {
        Pixels small = DetectionSize.of(picture, usual.width(), usual.enlarge());
        double across = (double) picture.width() / small.width();
        double down = (double) picture.height() / small.height();
        return portraits(
                picture,
                detect(small, usual.enlarge(), usual.floor()).stream()
                        .map(found -> new Detection(found.box().scaled(across, down), found.score()))
                        .toList());
    }

    private List<Portrait> portraits(Pixels picture, List<Detection> detections) {
        List<List<Point>> points = detections.stream()
                .map(detection -> predictor().points(picture, detection.box()))
                .toList();
        List<Pixels> chips = points.stream()
                .map(five -> Chip.cut(picture, five, embedding.chip(), embedding.padding()))
                .toList();
        List<float[]> embeddings = embeddings(chips);
        List<Portrait> faces = new ArrayList<>();
        for (int i = 0; i < detections.size(); i++) {
            Detection detection = detections.get(i);
            var face = new Face(detection.box(), detection.score(), points.get(i), embeddings.get(i));
            faces.add(new Portrait(face, chips.get(i)));
        }
        return List.copyOf(faces);
    }

    /** Only where they are: the first and by far the longest part of {@link #find}. */
    public synchronized List<Detection> detect(Pixels picture, int enlarge, double floor) {
        return detector.detect(picture, enlarge, floor);
    }

    private ShapePredictor predictor() {
        if (predictor == null) {
            predictor = ShapePredictor.load(folder.file(landmarks, landmarks.weights()));
        }
        return predictor;
    }

    /** What the chips' faces look like, as numbers. */
    private List<float[]> embeddings(List<Pixels> chips) {
        List<float[]> all = new ArrayList<>();
        for (int from = 0; from < chips.size(); from += BATCH) {
            List<Pixels> batch = chips.subList(from, Math.min(from + BATCH, chips.size()));
            float[] rows = embeddingNetwork.run(write(batch));
            for (int i = 0; i < batch.size(); i++) {
                float[] row = new float[embedding.size()];
                System.arraycopy(rows, i * row.length, row, 0, row.length);
                all.add(row);
            }
        }
        return all;
    }

    /** @return the shape */
    private long[] write(List<Pixels> chips) {
        int plane = embedding.chip() * embedding.chip();
        FloatBuffer input = embeddingNetwork.input(3 * plane * chips.size());
        float[] planes = new float[3 * plane];
        for (Pixels chip : chips) {
            chipNormaliser.write(chip, planes, 0, embedding.chip(), plane);
            input.put(planes);
        }
        return new long[] {chips.size(), 3, embedding.chip(), embedding.chip()};
    }

    @Override
    public synchronized void close() {
        detectorNetwork.close();
        embeddingNetwork.close();
    }
}
