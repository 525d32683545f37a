package dev.memoir.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/**
 * A small OCI image archive with one image, read whole.
 *
 * @param entry the image's in the index
 */
record ImageArchive(JsonNode entry, JsonNode config, Map<String, byte[]> files) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Where an ELF file's header has e_machine. */
    private static final int MACHINE = 18;

    static ImageArchive read(Path archive) throws IOException {
        Map<String, byte[]> blobs;
        try (InputStream content = Files.newInputStream(archive)) {
            blobs = unpack(content);
        }
        JsonNode entry = JSON.readTree(blobs.get("index.json")).at("/manifests/0");
        JsonNode manifest = JSON.readTree(blob(blobs, entry));
        Map<String, byte[]> files = new HashMap<>();
        for (JsonNode layer : manifest.path("layers")) {
            files.putAll(unpack(new ByteArrayInputStream(blob(blobs, layer))));
        }
        return new ImageArchive(entry, JSON.readTree(blob(blobs, manifest.path("config"))), files);
    }

    /** For which kind of machine a program is. */
    int machineOf(String program) {
        return ByteBuffer.wrap(files.get(program))
                .order(ByteOrder.LITTLE_ENDIAN)
                .getShort(MACHINE);
    }

    private static byte[] blob(Map<String, byte[]> blobs, JsonNode described) {
        return blobs.get("blobs/" + described.path("digest").asText().replace(':', '/'));
    }

    private static Map<String, byte[]> unpack(InputStream content) throws IOException {
        Map<String, byte[]> files = new HashMap<>();
        try (TarArchiveInputStream tar = new TarArchiveInputStream(content)) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                files.put(entry.getName(), tar.readAllBytes());
            }
        }
        return files;
    }
}
