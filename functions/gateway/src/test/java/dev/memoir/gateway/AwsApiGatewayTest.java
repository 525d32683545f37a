package dev.memoir.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.parser.OpenAPIV3Parser;
import io.swagger.v3.parser.core.models.SwaggerParseResult;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AwsApiGatewayTest {
    private static final Gate PAGES = new Gate(
            "https://edge.example.org",
            Gates.USUAL.issuer(),
            List.of(),
            List.of("https://photos.example.org"),
            EdgeLimits.PER_SUBJECT);

    @Test
    void aGateBecomesThisDefinition() throws IOException {
        Golden.assertSame("aws.json", AwsApiGateway.definition(PAGES));
    }

    @Test
    void thatIsOpenApiWithATokenForAllButWhereToLogInAndLinks() {
        SwaggerParseResult read = new OpenAPIV3Parser()
                .readContents(AwsApiGateway.definition(PAGES).toString());

        assertEquals(List.of(), read.getMessages());
        OpenAPI api = read.getOpenAPI();
        assertEquals(
                Set.of(
                        "/graphql",
                        "/login/config.json",
                        "/share/open",
                        "/share/{link}/items",
                        "/share/{link}/bytes/{asset}/{kind}"),
                api.getPaths().keySet());
        Operation post = api.getPaths().get("/graphql").getPost();
        assertEquals(List.of(), post.getSecurity().getFirst().get("issuer"));
        assertEquals(
                "https://edge.example.org/graphql",
                ((Map<?, ?>) post.getExtensions().get("x-amazon-apigateway-integration")).get("uri"));
        assertNull(api.getPaths().get("/login/config.json").getGet().getSecurity());
        assertNull(api.getPaths().get("/share/open").getPost().getSecurity());
        Map<?, ?> authorizer = (Map<?, ?>) api.getComponents()
                .getSecuritySchemes()
                .get("issuer")
                .getExtensions()
                .get("x-amazon-apigateway-authorizer");
        assertEquals("jwt", authorizer.get("type"));
        assertEquals(
                Map.of("issuer", "https://login.example.org", "audience", List.of("photos")),
                authorizer.get("jwtConfiguration"));
    }

    @Test
    void groupsAreRefusedSinceItWouldLetEverybodyIn() {
        assertThrows(
                IllegalArgumentException.class, () -> AwsApiGateway.definition(Gates.FOR_A_GROUP_AND_PAGES_ELSEWHERE));
    }
}
