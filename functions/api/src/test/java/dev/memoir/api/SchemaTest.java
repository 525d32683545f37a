package dev.memoir.api;

import static org.junit.jupiter.api.Assertions.assertEquals;

import graphql.schema.GraphQLSchema;
import graphql.schema.idl.SchemaPrinter;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * {@code schema.graphql} is what the code serves; {@code schema.released.graphql} is what clients out there rely on. A
 * change that only adds needs the first made anew: {@code mvn test -Dschema.write=true -Dtest=SchemaTest}.
 */
@QuarkusTest
@QuarkusTestResource(ApiParts.class)
class SchemaTest {
    private static final Path FILE = Path.of("schema.graphql");
    private static final Path RELEASED = Path.of("schema.released.graphql");

    @Inject
    GraphQLSchema schema;

    @Test
    void theFileIsWhatTheCodeServes() throws IOException {
        if (Boolean.getBoolean("schema.write")) {
            Files.writeString(FILE, printed());
        }
        assertEquals(Files.readString(FILE), printed());
    }

    @Test
    void nothingThatClientsRelyOnIsGone() throws IOException {
        assertEquals(List.of(), Breaks.between(Files.readString(RELEASED), printed()));
    }

    private String printed() {
        return new SchemaPrinter(SchemaPrinter.Options.defaultOptions()
                        .includeScalarTypes(true)
                        .includeDirectives(false)
                        .includeDirectiveDefinitions(false)
                        .includeSchemaDefinition(false))
                .print(schema);
    }
}
