package dev.memoir.e2e;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** How an engine would start the image of a Containerfile's stage. */
final class ContainerfileStage {
    private static final ObjectMapper JSON = new ObjectMapper();

    private ContainerfileStage() {}

    /** @return in the words of OCI's image configuration */
    static JsonNode of(String containerfile, String name) throws JsonProcessingException {
        List<String> lines = containerfile
                .lines()
                .dropWhile(line -> !line.equals("FROM scratch AS " + name))
                .skip(1)
                .takeWhile(line -> !line.startsWith("FROM "))
                .filter(line -> !line.isEmpty())
                .toList();
        ObjectNode config = JSON.createObjectNode();
        for (String line : lines) {
            String[] words = line.split(" ", 2);
            String[] pair = words[1].split("=", 2);
            switch (words[0]) {
                case "COPY" -> {}
                case "ENV" -> config.withArray("/Env").add(pair[0] + "=" + text(pair[1]));
                case "LABEL" -> config.withObject("/Labels").put(pair[0], text(pair[1]));
                case "USER" -> config.put("User", words[1]);
                case "WORKDIR" -> config.put("WorkingDir", words[1]);
                case "ENTRYPOINT" -> config.set("Entrypoint", JSON.readTree(words[1]));
                default -> throw new AssertionError(name + " has an instruction that an image is not made of: " + line);
            }
        }
        return config;
    }

    private static String text(String quoted) throws JsonProcessingException {
        return JSON.readValue(quoted, String.class);
    }
}
