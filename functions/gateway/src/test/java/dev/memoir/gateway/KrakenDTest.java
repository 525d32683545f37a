package dev.memoir.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KrakenDTest {
    @ParameterizedTest
    @ValueSource(strings = {"usual", "group-and-pages"})
    void aGateBecomesThisConfiguration(String name) throws IOException {
        Golden.assertSame("krakend-" + name + ".json", KrakenD.configuration(Gates.ALL.get(name)));
    }

    /** It is published on KrakenD's site and in no registry: MEMOIR_KRAKEND_SCHEMA names a copy of krakend.json. */
    @ParameterizedTest
    @ValueSource(strings = {"usual", "group-and-pages"})
    void thatIsAsKrakenDsSchemaWantsIt(String name) throws IOException {
        String copy = System.getenv("MEMOIR_KRAKEND_SCHEMA");
        assumeTrue(
                copy != null,
                "MEMOIR_KRAKEND_SCHEMA names no copy of https://www.krakend.io/schema/v2.13/krakend.json");
        try (InputStream content = Files.newInputStream(Path.of(copy))) {
            JsonSchema schema = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V201909)
                    .getSchema(content);
            assertEquals(Set.of(), schema.validate(KrakenD.configuration(Gates.ALL.get(name))));
            assertFalse(
                    schema.validate(KrakenD.configuration(Gates.ALL.get(name)).put("endpoints", "none"))
                            .isEmpty(),
                    "the schema refuses nothing");
        }
    }

    @Test
    void nobodyAsksWithoutATokenButWhereToLogInAndByALink() {
        for (JsonNode endpoint : KrakenD.configuration(Gates.USUAL).path("endpoints")) {
            String path = endpoint.path("endpoint").asText();
            boolean open = path.equals("/login/config.json") || path.startsWith("/share/");
            assertEquals(!open, endpoint.at("/extra_config").has("auth/validator"), endpoint.toString());
            assertTrue(endpoint.at("/extra_config").has("qos/ratelimit/router"), endpoint.toString());
        }
    }

    @Test
    void keysInAFileAreReadThere() {
        Gate.Issuer usual = Gates.USUAL.issuer();
        Gate gate = new Gate(
                Gates.USUAL.edge(),
                new Gate.Issuer(usual.name(), usual.audience(), "/keys.json", "ES256", "sub", "groups"),
                List.of(),
                List.of(),
                EdgeLimits.PER_SUBJECT);

        JsonNode validator =
                KrakenD.configuration(gate).at("/endpoints/0/extra_config").path("auth/validator");

        assertEquals("/keys.json", validator.path("jwk_local_path").asText());
        assertFalse(validator.has("jwk_url"));
        assertTrue(validator.path("disable_jwk_security").asBoolean());
    }

    @Test
    void aClaimThatKrakenDCanNotBeToldIsRefusedByName() {
        Gate.Issuer usual = Gates.USUAL.issuer();
        Gate gate = new Gate(
                Gates.USUAL.edge(),
                new Gate.Issuer(usual.name(), usual.audience(), usual.keys(), "RS256", "sub", "apps.a\\.b.roles"),
                List.of("family"),
                List.of(),
                EdgeLimits.PER_SUBJECT);

        var refused = assertThrows(IllegalArgumentException.class, () -> KrakenD.configuration(gate));

        assertTrue(refused.getMessage().startsWith("apps.a\\.b.roles: "), refused.getMessage());
    }
}
