package dev.memoir.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Golden files, written anew with {@code -Dgolden.write=true}. */
final class Golden {
    private static final Path FOLDER = Path.of("src/test/resources/dev/memoir/gateway");

    private Golden() {}

    static void assertSame(String file, JsonNode made) throws IOException {
        String text = new JsonMapper().writerWithDefaultPrettyPrinter().writeValueAsString(made) + "\n";
        Path golden = FOLDER.resolve(file);
        if (Boolean.getBoolean("golden.write")) {
            Files.writeString(golden, text);
        }
        assertEquals(Files.readString(golden), text);
    }
}
