package dev.memoir.runner.rehearsal;

import com.fasterxml.jackson.databind.JsonNode;
import dev.memoir.runner.processes.Launch;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The root of an image that is being built, with {@code /proc} and {@code /dev} in it.
 *
 * @param function whose image it is
 * @param entrypoint how a container starts it
 * @param environment of a container
 */
record Root(String function, Path folder, List<String> entrypoint, Map<String, String> environment) {
    private static final String CACHE = "/app/app.aot";

    static Root of(JsonNode described) {
        List<String> entrypoint = new ArrayList<>();
        described.path("entrypoint").forEach(word -> entrypoint.add(word.asText()));
        Map<String, String> environment = new TreeMap<>();
        described
                .path("env")
                .properties()
                .forEach(variable ->
                        environment.put(variable.getKey(), variable.getValue().asText()));
        return new Root(
                described.path("function").asText(),
                Path.of(described.path("root").asText()),
                List.copyOf(entrypoint),
                environment);
    }

    Cache cache() {
        return new Cache(folder.resolve(CACHE.substring(1)), folder.resolve("app/quarkus-run.jar"));
    }

    /**
     * @param usual how it is started on this machine: the addresses of store, queue and database are the same
     * @param jwks the keys themselves, since the file with them is out of reach
     */
    Launch launch(Launch usual, String jwks) {
        List<String> command = new ArrayList<>(List.of("chroot", folder.toString()));
        command.addAll(entrypoint);
        // A pod's memory is small, and the layout of the cache's objects depends on the heap's size.
        command.addAll(command.indexOf("-jar"), List.of("-Xmx512m", "-XX:AOTCacheOutput=" + CACHE + ".new"));
        Map<String, String> all = new TreeMap<>(usual.environment());
        all.putAll(environment);
        all.put("MEMOIR_JWKS", jwks);
        return new Launch("rehearsal-" + function, command, all, usual.directory());
    }
}
