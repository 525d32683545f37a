package dev.memoir.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** What programs said of files, for a script or for a person. */
record FileReports(Terminal terminal, boolean json) {

    /** One object for one file, else a list. */
    void print(List<ObjectNode> reports) {
        if (json) {
            ArrayNode all = Json.object().putArray("all").addAll(reports);
            terminal.print(Json.pretty(all.size() == 1 ? all.get(0) : all));
            return;
        }
        for (ObjectNode report : reports) {
            describe("", report);
            terminal.print("");
        }
    }

    /** Tells of each file in which there was nothing to look at; the command's exit code. */
    int remark(List<FunctionPrograms.Looked> looked) {
        List<FunctionPrograms.Looked> unseen =
                looked.stream().filter(one -> one.report().isEmpty()).toList();
        unseen.forEach(one -> terminal.say("memoir: There is no picture to look at in " + one.file() + ": "
                + one.reason().orElseThrow()));
        return unseen.isEmpty() ? ExitCodes.OK : ExitCodes.FAILED;
    }

    /** One line a field; what has no value and the raw tags are left out. */
    private void describe(String indent, ObjectNode node) {
        node.properties().forEach(field -> {
            JsonNode value = field.getValue();
            if (field.getKey().equals("rawTags") || value.isNull() || value.isContainerNode() && value.isEmpty()) {
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
