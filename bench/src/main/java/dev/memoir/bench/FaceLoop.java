package dev.memoir.bench;

import ai.djl.Device;
import dev.memoir.ai.faces.DetectionSize;
import dev.memoir.ai.faces.FaceFinder;
import dev.memoir.ai.model.ModelFolder;
import dev.memoir.ai.model.OnnxEngine;
import dev.memoir.ai.picture.Pixels;
import dev.memoir.imaging.Pixmap;
import dev.memoir.models.ModelCatalogue;
import dev.memoir.models.Preparation.Channels;
import java.nio.file.Path;
import java.util.Optional;

/** Memoir's side of {@link Faces}: {@code MODELS TIMES PIXMAP CACHE detect|find}. */
final class FaceLoop {
    private FaceLoop() {}

    public static void main(String[] arguments) throws Exception {
        OnnxEngine.prepare(Optional.of(Path.of(arguments[3])));
        var picture = Pixmap.read(Path.of(arguments[2]));
        Pixels pixels = DetectionSize.of(
                new Pixels(picture.rgb(), Channels.RGB, picture.width(), picture.height()), Faces.WIDTH, Faces.ENLARGE);
        boolean all = arguments[4].equals("find");
        try (var finder =
                new FaceFinder(ModelCatalogue.faces(), ModelFolder.filled(Path.of(arguments[0])), Device.cpu())) {
            Loop.print(Integer.parseInt(arguments[1]), () -> {
                if (all) {
                    finder.find(pixels, Faces.ENLARGE, Faces.FLOOR);
                } else {
                    finder.detect(pixels, Faces.ENLARGE, Faces.FLOOR);
                }
            });
        }
    }
}
