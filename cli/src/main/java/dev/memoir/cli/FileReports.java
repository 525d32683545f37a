package dev.memoir.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;

/** What a program says of files, one after the other; a file that fails does not keep the others from their turn. */
record FileReports(Terminal terminal, List<Path> files, boolean json) {

    /** @param program file → what it says; a {@link Failure} is that file's error */
    int print(Function<Path, ObjectNode> program) {
        ArrayNode all = Json.object().putArray("all");
        int exitCode = ExitCodes.OK;
        for (Path file : files) {
            try {
                if (!Files.isRegularFile(file)) {
                    throw Failure.cannot("There is no file " + file + ".", "Name files, not folders.");
                }
                ObjectNode report = program.apply(file.toAbsolutePath());
                report.put("name", file.getFileName().toString());
                all.add(report);
                if (!json) {
                    describe(report);
                }
            } catch (Failure failure) {
                terminal.say("memoir: " + file + ": " + failure.getMessage());
                terminal.say(failure.next());
                exitCode = Math.max(exitCode, failure.exitCode());
            }
        }
        if (json && !all.isEmpty()) {
            terminal.print(Json.pretty(files.size() == 1 ? all.get(0) : all));
        }
        return exitCode;
    }

    /** One line a field; what has no value and the raw tags are left out. */
    private void describe(ObjectNode report) {
        describe("", report);
        terminal.print("");
    }

    private void describe(String indent, ObjectNode node) {
        node.properties().forEach(field -> {
            JsonNode value = field.getValue();
            if (field.getKey().equals("rawTags") || value.isNull() || value.isEmpty() && value.isContainerNode()) {
                return;
            }
            if (value instanceof ObjectNode inner) {
                terminal.print(indent + field.getKey());
                describe(indent + "  ", inner);
            } else if (value.isArray() && value.get(0).isObject()) {
                terminal.print(indent + field.getKey());
                value.forEach(element -> terminal.print(indent + "  " + line(element)));
            } else {
                terminal.print(
                        "%s%-16s %s".formatted(indent, field.getKey(), value.isArray() ? line(value) : value.asText()));
            }
        });
    }

    private static String line(JsonNode values) {
        StringBuilder line = new StringBuilder();
        values.forEach(value -> line.append(line.isEmpty() ? "" : "  ").append(value.asText()));
        return line.toString();
    }
}
