package dev.memoir.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import graphql.language.AstPrinter;
import graphql.language.OperationDefinition;
import graphql.parser.Parser;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(ApiParts.class)
class RehearsalTest {
    @Test
    void everyOperationOfTheRehearsalIsAnswered() throws IOException {
        Photos.add("rita", "photo", 2024, 0.1, "seashore");
        String document;
        try (var file = Thread.currentThread().getContextClassLoader().getResourceAsStream("rehearsal.graphql")) {
            document = new String(file.readAllBytes(), StandardCharsets.UTF_8);
        }
        List<OperationDefinition> operations =
                new Parser().parseDocument(document).getDefinitionsOfType(OperationDefinition.class);
        assertFalse(operations.isEmpty());
        for (OperationDefinition operation : operations) {
            assertEquals(OperationDefinition.Operation.QUERY, operation.getOperation(), "a rehearsal changes nothing");
            Client.as("rita")
                    .data(
                            AstPrinter.printAst(operation),
                            "first",
                            50,
                            "sha256",
                            Photos.content("ritaphoto").hex());
        }
    }
}
