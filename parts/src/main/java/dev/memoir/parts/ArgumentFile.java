package dev.memoir.parts;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Options of a JVM, one a line, that lie beside a class: in a form that {@code java @FILE} reads as well, as images do. */
public final class ArgumentFile {
    private ArgumentFile() {}

    public static List<String> beside(Class<?> program, String name) {
        try (InputStream file = program.getResourceAsStream(name)) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
