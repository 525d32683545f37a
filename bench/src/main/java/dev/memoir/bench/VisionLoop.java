package dev.memoir.bench;

import ai.djl.Device;
import dev.memoir.ai.Vision;
import dev.memoir.ai.model.ModelFolder;
import dev.memoir.models.ModelCatalogue;
import java.nio.file.Files;
import java.nio.file.Path;

/** Memoir's side of {@link Labels}: {@code MODELS TIMES FILE CACHE}. */
final class VisionLoop {
    private VisionLoop() {}

    public static void main(String[] arguments) throws Exception {
        byte[] photo = Files.readAllBytes(Path.of(arguments[2]));
        try (var vision = new Vision(ModelCatalogue.load(), ModelFolder.filled(Path.of(arguments[0])), Device.cpu())) {
            Loop.print(Integer.parseInt(arguments[1]), () -> vision.look(photo));
        }
    }
}
