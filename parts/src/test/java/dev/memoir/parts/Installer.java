package dev.memoir.parts;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;

/** A process of its own that installs the samples as another {@code parts.json} describes them. */
final class Installer {
    private Installer() {}

    /** @param arguments the folder of parts, and the other {@code parts.json} */
    public static void main(String[] arguments) throws IOException {
        try (InputStream json = Files.newInputStream(Path.of(arguments[1]))) {
            new Parts(Path.of(arguments[0]), Pins.read(json))
                    .install(Set.of(Part.SAMPLES), (part, line) -> System.out.println(line));
        } catch (PartsException e) {
            System.out.println(e.getMessage());
            System.exit(1);
        }
    }
}
