package dev.memoir.runner.edge;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Static files: those of a folder if there is one, else a page that says what this is. */
final class Pages {
    private static final Map<String, String> TYPES = Map.ofEntries(
            Map.entry("html", "text/html; charset=utf-8"),
            Map.entry("js", "text/javascript; charset=utf-8"),
            Map.entry("mjs", "text/javascript; charset=utf-8"),
            Map.entry("css", "text/css; charset=utf-8"),
            Map.entry("json", "application/json"),
            Map.entry("webmanifest", "application/manifest+json"),
            Map.entry("svg", "image/svg+xml"),
            Map.entry("png", "image/png"),
            Map.entry("jpg", "image/jpeg"),
            Map.entry("webp", "image/webp"),
            Map.entry("ico", "image/x-icon"),
            Map.entry("woff2", "font/woff2"),
            Map.entry("wasm", "application/wasm"),
            Map.entry("txt", "text/plain; charset=utf-8"));

    /** Pages that have an address of their own. */
    private static final Map<String, String> PAGES = Map.of("/", "/index.html", ShareDoor.PAGE, "/share.html");

    /** Build tools put a hash of the content in these names: such a file never changes. */
    private static final String FOREVER = "/assets/";

    private final Optional<Path> folder;
    private final byte[] welcome;
    private final EntityTags tags = new EntityTags();

    Pages(Optional<Path> folder) throws IOException {
        this.folder = folder;
        try (InputStream page = Pages.class.getResourceAsStream("/dev/memoir/runner/edge/welcome.html")) {
            this.welcome = page.readAllBytes();
        }
    }

    void answer(HttpServerRequest request) {
        HttpServerResponse response = request.response();
        if (request.method() != HttpMethod.GET && request.method() != HttpMethod.HEAD) {
            response.setStatusCode(405).putHeader("Allow", "GET, HEAD").end();
            return;
        }
        String path = PAGES.getOrDefault(request.path(), request.path());
        Optional<Path> file = folder.flatMap(f -> inside(f, path));
        if (file.isPresent()) {
            send(request, file.get(), path);
        } else if (path.equals("/index.html")) {
            response.putHeader("Content-Type", TYPES.get("html")).putHeader("Cache-Control", "no-cache");
            if (request.method() == HttpMethod.HEAD) {
                response.putHeader("Content-Length", Integer.toString(welcome.length))
                        .end();
            } else {
                response.end(io.vertx.core.buffer.Buffer.buffer(welcome));
            }
        } else {
            response.setStatusCode(404)
                    .putHeader("Content-Type", TYPES.get("txt"))
                    .end("not found\n");
        }
    }

    /** A regular file below the folder, links followed only inside it; nothing hidden. */
    private static Optional<Path> inside(Path folder, String path) {
        if (path.contains("/.") || path.indexOf('\0') >= 0 || path.contains("%")) {
            return Optional.empty();
        }
        try {
            Path root = folder.toRealPath();
            Path file = root.resolve(path.substring(1)).toRealPath();
            return Optional.of(file).filter(f -> f.startsWith(root) && Files.isRegularFile(f));
        } catch (IOException | java.nio.file.InvalidPathException notThere) {
            return Optional.empty();
        }
    }

    private void send(HttpServerRequest request, Path file, String path) {
        HttpServerResponse response = request.response();
        try {
            String tag = tags.of(file);
            response.putHeader("ETag", tag)
                    .putHeader(
                            "Cache-Control",
                            path.startsWith(FOREVER) ? "public, max-age=31536000, immutable" : "no-cache")
                    .putHeader("Content-Type", type(path));
            if (tag.equals(request.getHeader("If-None-Match"))) {
                response.setStatusCode(304).end();
            } else if (request.method() == HttpMethod.HEAD) {
                response.putHeader("Content-Length", Long.toString(Files.size(file)))
                        .end();
            } else {
                response.sendFile(smallest(request, file).toString());
            }
        } catch (IOException gone) {
            response.setStatusCode(404).end();
        }
    }

    /** The build leaves a compressed file beside each that gains by it. */
    private static Path smallest(HttpServerRequest request, Path file) {
        Path compressed = file.resolveSibling(file.getFileName() + ".gz");
        if (!Files.isRegularFile(compressed)) {
            return file;
        }
        request.response().putHeader("Vary", "Accept-Encoding");
        String accepted = request.getHeader("Accept-Encoding");
        if (accepted == null || !accepted.contains("gzip")) {
            return file;
        }
        request.response().putHeader("Content-Encoding", "gzip");
        return compressed;
    }

    private static String type(String path) {
        String ending = path.substring(path.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        return TYPES.getOrDefault(ending, "application/octet-stream");
    }
}
