package dev.memoir.cli;

import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * The folders that Memoir lives in.
 *
 * @param library a family's photos, secrets, database and logs
 * @param distribution the built programs, one folder each
 * @param partsCache the installed parts, shared by all checkouts
 */
record Installation(Path library, Path distribution, Path partsCache) {

    /**
     * @param chosen the {@code --data} option
     * @param environment {@code MEMOIR_DATA}, {@code MEMOIR_DIST}, {@code MEMOIR_CACHE}, {@code HOME}
     */
    static Installation of(Optional<Path> chosen, Map<String, String> environment) {
        Path home = Path.of(environment.getOrDefault("HOME", System.getProperty("user.home")));
        Path library = chosen.or(() -> path(environment, "MEMOIR_DATA"))
                .orElseGet(() -> home.resolve(".local/share/memoir"))
                .toAbsolutePath()
                .normalize();
        Path distribution = path(environment, "MEMOIR_DIST").orElseGet(Installation::whereThisProgramLies);
        Path cache = path(environment, "MEMOIR_CACHE").orElseGet(() -> home.resolve(".cache/memoir"));
        return new Installation(library, distribution.toAbsolutePath(), cache.toAbsolutePath());
    }

    private static Optional<Path> path(Map<String, String> environment, String name) {
        return Optional.ofNullable(environment.get(name))
                .filter(v -> !v.isBlank())
                .map(Path::of);
    }

    /** {@code <distribution>/cli/memoir-cli.jar}. */
    private static Path whereThisProgramLies() {
        try {
            Path jar = Path.of(Memoir.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            return jar.getParent().getParent();
        } catch (URISyntaxException e) {
            throw new IllegalStateException("the place of this program is not a path", e);
        }
    }

    /** The folder of the bucket. */
    Path originals() {
        return library.resolve("store").resolve("originals");
    }

    /** MinIO wraps each object in a format of its own; with versitygw they are ordinary files. */
    boolean keepsOrdinaryFiles() {
        return !Files.isDirectory(library.resolve("store").resolve(".minio.sys"));
    }

    Path logs() {
        return library.resolve("logs");
    }

    Path secrets() {
        return library.resolve("secrets");
    }

    /** Written by the runner once it serves. */
    Path runnerFile() {
        return library.resolve("run").resolve("runner.json");
    }

    /** The jar of one of the plain programs: {@code runner}, {@code custodian}, {@code bench}. */
    Path program(String name) {
        return distribution.resolve(name).resolve("memoir-" + name + ".jar");
    }

    /** The jar that starts one of the functions: {@code api}, {@code postprocessor}, {@code ai}. */
    Path function(String name) {
        return distribution.resolve(name).resolve("quarkus-run.jar");
    }

    /** The Java that runs this program. */
    static Path java() {
        return Path.of(System.getProperty("java.home"), "bin", "java");
    }
}
