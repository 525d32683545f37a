package dev.memoir.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LabelsCommandTest {
    private static ObjectNode json(String text) throws IOException {
        return (ObjectNode) Json.parse(text.replace('\'', '"'));
    }

    @Test
    void labelsHaveTheSameFieldsWithAPictureAndWithout() throws IOException {
        assertEquals(
                json(
                        "{'name':'cat.jpg','labels':[{'name':'cat','confidence':0.9}],'nsfw':0.01,'state':'ready','reason':null}"),
                LabelsCommand.report(new FunctionPrograms.Looked(
                        Path.of("photos", "cat.jpg"),
                        Optional.of(json("{'name':'cat.jpg','labels':[{'name':'cat','confidence':0.9}],'nsfw':0.01}")),
                        json("{'name':'cat.jpg','sha256':'00','state':'ready','reason':null}"))));
        assertEquals(
                json(
                        "{'name':'a.jpg','labels':[],'nsfw':null,'state':'damaged','reason':'the file is empty (0 bytes)'}"),
                LabelsCommand.report(new FunctionPrograms.Looked(
                        Path.of("a.jpg"),
                        Optional.empty(),
                        json("{'name':'a.jpg','state':'damaged','reason':'the file is empty (0 bytes)'}"))));
    }
}
