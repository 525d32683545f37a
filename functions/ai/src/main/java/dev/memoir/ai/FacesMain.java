package dev.memoir.ai;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.memoir.ai.faces.DetectionSize;
import dev.memoir.ai.faces.Face;
import dev.memoir.ai.faces.FaceFinder;
import dev.memoir.ai.model.ModelMissing;
import dev.memoir.ai.picture.Pixels;
import dev.memoir.imaging.PixelReader;
import dev.memoir.imaging.Pixmap;
import dev.memoir.models.ModelCatalogue;
import dev.memoir.models.Output;
import dev.memoir.models.Preparation.Channels;
import dev.memoir.models.Task;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;

/**
 * The faces of pictures, without a store or a database; nothing is kept. Takes pixmaps, as the postprocessor makes them of any
 * file that it can decode.
 */
public final class FacesMain {
    private static final String USAGE = "usage: [--width PIXELS] [--enlarge TIMES] [--score LEAST] PIXMAP…";

    private FacesMain() {}

    /**
     * How it is looked.
     *
     * @param width that pictures are scaled to
     * @param enlarge how often they are doubled for the detector then
     * @param score the least that counts
     */
    private record Manner(int width, int enlarge, double score) {}

    public static void main(String[] arguments) {
        System.exit(run(List.of(arguments), System.getenv(), System.out, System.err));
    }

    /** @return exit status: 0; 1 when a file can't be read or a model is missing; 2 when the arguments make no sense */
    static int run(List<String> arguments, Map<String, String> environment, PrintStream out, PrintStream errors) {
        ModelCatalogue catalogue = ModelCatalogue.faces();
        var usual = (Output.Boxes) catalogue.current().get(Task.FACE_DETECTION).output();
        int width = usual.width();
        int enlarge = usual.enlarge();
        double score = usual.floor();
        List<Path> files = new ArrayList<>();
        Deque<String> rest = new ArrayDeque<>(arguments);
        try {
            while (!rest.isEmpty()) {
                String argument = rest.pop();
                switch (argument) {
                    case "--width" -> width = Integer.parseInt(rest.pop());
                    case "--enlarge" -> enlarge = Integer.parseInt(rest.pop());
                    case "--score" -> score = Double.parseDouble(rest.pop());
                    default -> files.add(Path.of(argument));
                }
            }
        } catch (RuntimeException e) {
            errors.println(USAGE);
            return 2;
        }
        if (files.isEmpty() || width < 1 || enlarge < 0) {
            errors.println(USAGE);
            return 2;
        }
        try {
            out.println(look(files, new Manner(width, enlarge, score), catalogue, LocalModels.of(environment)));
            return 0;
        } catch (IOException | ModelMissing | IllegalArgumentException | IllegalStateException e) {
            errors.println(e.getMessage());
            return 1;
        }
    }

    private static ArrayNode look(List<Path> files, Manner manner, ModelCatalogue catalogue, LocalModels models)
            throws IOException {
        var json = new ObjectMapper();
        ArrayNode rows = json.createArrayNode();
        try (var finder = new FaceFinder(catalogue, models.folder(), models.device())) {
            for (Path file : files) {
                Pixels picture = DetectionSize.of(read(file), manner.width(), manner.enlarge());
                ObjectNode row = rows.addObject()
                        .put("name", file.getFileName().toString())
                        .put("width", picture.width())
                        .put("height", picture.height());
                ArrayNode faces = row.putArray("faces");
                finder.find(picture, manner.enlarge(), manner.score()).forEach(face -> write(face, faces.addObject()));
            }
        }
        return rows;
    }

    private static Pixels read(Path file) throws IOException {
        try {
            PixelReader.Picture picture = Pixmap.read(file);
            return new Pixels(picture.rgb(), Channels.RGB, picture.width(), picture.height());
        } catch (IOException e) {
            throw new IOException(file + " can't be read: " + e, e);
        }
    }

    private static void write(Face face, ObjectNode row) {
        row.putArray("box")
                .add(face.box().left())
                .add(face.box().top())
                .add(face.box().right())
                .add(face.box().bottom());
        row.put("score", face.score());
        ArrayNode points = row.putArray("points");
        face.points().forEach(point -> points.addArray().add(point.x()).add(point.y()));
        ArrayNode embedding = row.putArray("embedding");
        for (float value : face.embedding()) {
            embedding.add(value);
        }
    }
}
