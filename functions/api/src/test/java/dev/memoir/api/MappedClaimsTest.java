package dev.memoir.api;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.memoir.identity.TokenIssuer;
import dev.memoir.identity.TokenKeys;
import dev.memoir.media.Claims;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.Test;

/** The function with an issuer that names its claims in its own way. */
@QuarkusTest
@QuarkusTestResource(ApiParts.class)
@TestProfile(MappedClaimsTest.OwnNames.class)
class MappedClaimsTest {
    public static final class OwnNames implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "memoir.claim.subject",
                    "memoir_attributes.https://photos\\.example\\.org/who",
                    "memoir.claim.groups",
                    "groups,https://photos\\.example\\.org/roles",
                    "memoir.claim.attributes",
                    "adult=custom:adult");
        }
    }

    @Test
    void whoAsksIsWhomTheMappedClaimNames() throws Exception {
        Client mapped = Client.withToken(token(Map.of("https://photos.example.org/who", "dora")));
        assertEquals(
                "dora",
                mapped.data("{ instance { subject } }").at("/instance/subject").asText());

        Client unmapped = Client.withToken(token(Map.of()));
        assertEquals("UNAUTHENTICATED", unmapped.code("{ instance { subject } }"));
    }

    private static String token(Map<String, String> attributes) throws Exception {
        Path keys = Path.of(ConfigProvider.getConfig().getValue("test.keys", String.class));
        return new TokenIssuer(TokenKeys.in(keys), ApiParts.ISSUER, ApiParts.AUDIENCE)
                .issue(new Claims("someone", Set.of(), attributes), Duration.ofMinutes(5));
    }
}
