package dev.memoir.ai.model;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The native libraries inside ONNX Runtime's jar. Left alone, it unpacks 20 MB of them (a GPU build: hundreds) into a new
 * temporary folder whenever a process starts; here they lie in one that stays, named after their content.
 */
final class OnnxNatives {
    /** Those it loads by itself, then those that only a GPU build has. */
    private static final List<String> LIBRARIES =
            List.of("onnxruntime", "onnxruntime4j_jni", "onnxruntime_providers_shared", "onnxruntime_providers_cuda");

    private OnnxNatives() {}

    /** @return the folder to load from, or empty where the jar has nothing for this machine: then it is ONNX Runtime's turn */
    static Optional<Path> unpack(Path cache) {
        return platform().flatMap(platform -> unpack(cache, platform));
    }

    private static Optional<Path> unpack(Path cache, String platform) {
        URL main = resource(platform, LIBRARIES.getFirst());
        if (main == null) {
            return Optional.empty();
        }
        try {
            Path folder = cache.resolve("natives").resolve(platform + "-" + fingerprint(main));
            for (String library : LIBRARIES) {
                URL packed = resource(platform, library);
                if (packed != null) {
                    place(packed, folder.resolve(System.mapLibraryName(library)));
                }
            }
            return Optional.of(folder);
        } catch (IOException e) {
            throw new UncheckedIOException("ONNX Runtime's libraries can't be unpacked into " + cache, e);
        }
    }

    private static void place(URL packed, Path target) throws IOException {
        URLConnection connection = packed.openConnection();
        try (InputStream content = connection.getInputStream()) {
            if (Files.isRegularFile(target) && Files.size(target) == connection.getContentLengthLong()) {
                return;
            }
            Files.createDirectories(target.getParent());
            Path unfinished = Files.createTempFile(target.getParent(), ".", ".part");
            try {
                Files.copy(content, unfinished, StandardCopyOption.REPLACE_EXISTING);
                Files.move(unfinished, target, StandardCopyOption.ATOMIC_MOVE);
            } finally {
                Files.deleteIfExists(unfinished);
            }
        }
    }

    /** The checksum that the jar keeps of the library, or else its size: another version gets another folder. */
    private static String fingerprint(URL library) throws IOException {
        URLConnection connection = library.openConnection();
        try (InputStream opened = connection.getInputStream()) {
            return connection instanceof JarURLConnection jar && opened != null
                    ? Long.toHexString(jar.getJarEntry().getCrc())
                    : Long.toString(connection.getContentLengthLong());
        }
    }

    private static URL resource(String platform, String library) {
        return OnnxNatives.class.getResource(
                "/ai/onnxruntime/native/" + platform + "/" + System.mapLibraryName(library));
    }

    /** ONNX Runtime's names of platforms. */
    private static Optional<String> platform() {
        String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        String os = system.contains("linux") ? "linux" : system.contains("mac") ? "osx" : "";
        String machine = switch (System.getProperty("os.arch")) {
            case "amd64", "x86_64" -> "x64";
            case "aarch64" -> "aarch64";
            default -> "";
        };
        return os.isEmpty() || machine.isEmpty() ? Optional.empty() : Optional.of(os + "-" + machine);
    }
}
