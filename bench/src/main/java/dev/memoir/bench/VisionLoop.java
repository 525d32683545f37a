package dev.memoir.bench;

import ai.djl.Device;
import dev.memoir.ai.Vision;
import dev.memoir.ai.model.ModelFolder;
import dev.memoir.ai.model.OnnxEngine;
import dev.memoir.imaging.PixelReader;
import dev.memoir.models.ModelCatalogue;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Memoir's side of {@link Labels}, put together as the function is: {@code MODELS TIMES FILE CACHE LIBVIPS}. */
final class VisionLoop {
    private VisionLoop() {}

    public static void main(String[] arguments) throws Exception {
        byte[] photo = Files.readAllBytes(Path.of(arguments[2]));
        OnnxEngine.prepare(Optional.of(Path.of(arguments[3])));
        try (var vision = new Vision(
                ModelCatalogue.load(),
                ModelFolder.filled(Path.of(arguments[0])),
                Device.cpu(),
                PixelReader.load(Path.of(arguments[4])))) {
            Loop.print(Integer.parseInt(arguments[1]), () -> vision.look(photo));
        }
    }
}
