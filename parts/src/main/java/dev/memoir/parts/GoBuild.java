package dev.memoir.parts;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Builds a Go program by {@code go install}. The module's hash is pinned; through the module's own {@code go.sum}, which
 * is part of what is hashed, so is that of every module that went into the program.
 */
final class GoBuild {
    /** So seldom do compilers collect their garbage; each is gone soon, and a quarter of the time was spent on that. */
    private static final String GARBAGE = "400";

    private GoBuild() {}

    /** @return the program, in the empty folder */
    static Path run(Source.Go go, Platform platform, Path folder) throws IOException {
        JsonNode module = download(go, folder);
        Checksum.require(go.label(), go.sum(), module.path("Sum").asText());
        String program = go.packagePath() + "@" + go.version();
        Client.run(
                "Building " + go.label(),
                folder,
                environment(platform, folder),
                List.of("nice", "go", "install", "-trimpath", "-ldflags", "-s -w", program));
        Path built = Fetch.onlyFile(installed(platform, folder), go.label());
        List<String> foreign = foreignModules(
                Client.run("Reading " + built, folder, Map.of(), List.of("go", "version", "-m", built.toString())),
                Files.readAllLines(Path.of(module.path("Dir").asText(), "go.sum")));
        if (!foreign.isEmpty()) {
            throw new PartsException(go.label() + " was built with modules that are not those of its go.sum, so it was"
                    + " thrown away: " + foreign);
        }
        return built;
    }

    /** For another kind of machine Go wants no GOBIN; it installs into a folder of its own below GOPATH. */
    private static Map<String, String> environment(Platform platform, Path folder) {
        if (isThisMachines(platform)) {
            return Map.of("GOBIN", folder.toString(), "CGO_ENABLED", "0", "GOGC", GARBAGE);
        }
        String modules = Client.run("Asking Go", folder, Map.of(), List.of("go", "env", "GOMODCACHE"))
                .strip();
        return Map.of(
                "GOOS",
                platform.goSystem(),
                "GOARCH",
                platform.goProcessor(),
                "GOPATH",
                folder.toString(),
                "GOMODCACHE",
                modules,
                "CGO_ENABLED",
                "0",
                "GOGC",
                GARBAGE);
    }

    private static Path installed(Platform platform, Path folder) {
        return isThisMachines(platform)
                ? folder
                : folder.resolve("bin").resolve(platform.goSystem() + "_" + platform.goProcessor());
    }

    private static boolean isThisMachines(Platform platform) {
        return Platform.current().filter(platform::equals).isPresent();
    }

    private static JsonNode download(Source.Go go, Path folder) throws IOException {
        String told = Client.run(
                "Getting " + go.label(), folder, Map.of(), List.of("go", "mod", "download", "-json", go.label()));
        return JsonMapper.builder().build().readTree(told);
    }

    /**
     * @param buildInformation as {@code go version -m} prints it: lines of tab-separated words, a module's are {@code dep},
     *     path, version and hash
     * @param goSum lines of path, version and hash
     * @return the modules built in whose path, version or hash go.sum doesn't have
     */
    static List<String> foreignModules(String buildInformation, List<String> goSum) {
        Set<String> known = new HashSet<>(goSum);
        return buildInformation
                .lines()
                .map(line -> line.strip().split("\\s+", 2))
                .filter(words -> words.length == 2 && (words[0].equals("dep") || words[0].equals("=>")))
                .map(words -> words[1].replaceAll("\\s+", " "))
                .filter(module -> !known.contains(module))
                .toList();
    }
}
