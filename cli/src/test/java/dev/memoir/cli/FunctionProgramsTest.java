package dev.memoir.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FunctionProgramsTest {
    private static ObjectNode json(String text) throws IOException {
        return (ObjectNode) Json.parse(text.replace('\'', '"'));
    }

    @Test
    void labelsHaveTheSameFieldsWithAPictureAndWithout() throws IOException {
        assertEquals(
                json(
                        "{'name':'cat.jpg','labels':[{'name':'cat','confidence':0.9}],'nsfw':0.01,'state':'ready','reason':null}"),
                FunctionPrograms.labelled(
                        json("{'name':'cat.jpg','sha256':'00','state':'ready','reason':null}"),
                        Optional.of(json("{'name':'0.jpg','labels':[{'name':'cat','confidence':0.9}],'nsfw':0.01}"))));
        assertEquals(
                json(
                        "{'name':'a.jpg','labels':[],'nsfw':null,'state':'damaged','reason':'the file is empty (0 bytes)'}"),
                FunctionPrograms.labelled(
                        json("{'name':'a.jpg','state':'damaged','reason':'the file is empty (0 bytes)'}"),
                        Optional.empty()));
    }
}
