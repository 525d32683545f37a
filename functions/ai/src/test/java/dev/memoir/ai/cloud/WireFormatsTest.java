package dev.memoir.ai.cloud;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.memoir.people.Region;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What goes over the wire to the two services and back, as their references document it. */
class WireFormatsTest {
    private static final byte[] PICTURE = {1, 2, 3, (byte) 0xFF};
    private static final String NOTHING_UNSAFE = "{\"ModerationLabels\":[],\"ModerationModelVersion\":\"7.0\"}";
    private static final String A_DOG = """
            {"Labels":[
              {"Name":"Animal","Confidence":98.5,"Instances":[],"Parents":[]},
              {"Name":"Dog","Confidence":99.25,"Parents":[{"Name":"Animal"}],"Aliases":[],"Categories":[{"Name":"Animals and Pets"}],
               "Instances":[{"BoundingBox":{"Width":0.5,"Height":0.25,"Left":0.125,"Top":0.75},"Confidence":97.0}]}],
             "LabelModelVersion":"3.0"}""";

    private StandIn server;

    @BeforeEach
    void start() {
        server = new StandIn();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private Rekognition rekognition(Duration limit) {
        return new Rekognition(
                server.address(),
                "eu-west-1",
                "AKIDEXAMPLE",
                "secret of the test",
                limit,
                Clock.fixed(Instant.parse("2026-11-28T12:00:00Z"), ZoneOffset.UTC));
    }

    private Rekognition rekognition() {
        return rekognition(Duration.ofSeconds(20));
    }

    private GoogleVision google() {
        return new GoogleVision(server.address(), "key of the test", Duration.ofSeconds(20));
    }

    /** {@code post-vanilla} of AWS's test suite for Signature Version 4. */
    @Test
    void aSignatureIsTheOneOfAwsOwnTestSuite() {
        var signature =
                new SignatureV4("us-east-1", "service", "AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY");
        Map<String, String> signed = signature.sign(
                URI.create("https://example.amazonaws.com/"),
                Map.of(),
                new byte[0],
                Instant.parse("2015-08-30T12:36:00Z"));
        assertEquals(
                "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request,"
                        + " SignedHeaders=host;x-amz-date,"
                        + " Signature=5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b",
                signed.get("authorization"));
    }

    @Test
    void rekognitionIsAskedForLabelsAndModerationAndItsPercentBecomeParts() throws Exception {
        server.says(200, A_DOG).says(200, """
                        {"ModerationLabels":[{"Name":"Explicit Nudity","ParentName":"Explicit","Confidence":81.5},
                          {"Name":"Explicit","ParentName":"","Confidence":81.5},
                          {"Name":"Alcohol","ParentName":"","Confidence":99}],"ModerationModelVersion":"7.0"}""");

        var seen = assertInstanceOf(Answer.Seen.class, rekognition().look(PICTURE));

        assertEquals(
                List.of("dog", "animal"),
                seen.labels().stream().map(l -> l.name()).toList());
        assertEquals(0.9925, seen.labels().getFirst().confidence(), 1e-9);
        assertEquals(List.of(new Answer.Thing("dog", 0.97, new Region(0.125, 0.75, 0.5, 0.25))), seen.objects());
        assertEquals(0.815, seen.nsfw().orElseThrow(), 1e-9);
        assertEquals(
                List.of("RekognitionService.DetectLabels", "RekognitionService.DetectModerationLabels"),
                server.asked().stream()
                        .map(a -> a.headers().get("x-amz-target"))
                        .toList());
        for (StandIn.Asked asked : server.asked()) {
            assertEquals("application/x-amz-json-1.1", asked.headers().get("content-type"));
            assertTrue(asked.headers()
                    .get("authorization")
                    .startsWith("AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20261128/eu-west-1/rekognition/aws4_request,"
                            + " SignedHeaders=content-type;host;x-amz-date;x-amz-target, Signature="));
            JsonNode body = new ObjectMapper().readTree(asked.body());
            assertEquals(
                    Base64.getEncoder().encodeToString(PICTURE),
                    body.at("/Image/Bytes").asText());
            assertFalse(asked.body().contains("secret of the test"));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"__type\":\"ProvisionedThroughputExceededException\",\"Message\":\"slower\"}",
                "{\"__type\":\"com.amazonaws.rekognition#ThrottlingException\",\"message\":\"slower\"}",
                "{\"__type\":\"AccessDeniedException\",\"Message\":\"no such right\"}"
            })
    void rekognitionThatIsBusyOrLetsNobodyInIsAskedAgainLater(String body) {
        server.says(400, body);
        var later = assertInstanceOf(Answer.Later.class, rekognition().look(PICTURE));
        assertFalse(later.charged());
        server.says(200, A_DOG).says(400, body);
        assertTrue(assertInstanceOf(Answer.Later.class, rekognition().look(PICTURE))
                .charged());
    }

    @Test
    void aPictureThatAServiceCanNotReadIsRefusedAndTooLargeAOneNeverSent() {
        server.says(
                400, "{\"__type\":\"InvalidImageFormatException\",\"Message\":\"Request has invalid image format\"}");
        assertInstanceOf(Answer.Refused.class, rekognition().look(PICTURE));
        assertInstanceOf(Answer.Refused.class, rekognition().look(new byte[(5 << 20) + 1]));
        assertEquals(1, server.asked().size());
        server.says(200, "{\"responses\":[{\"error\":{\"code\":3,\"message\":\"Bad image data.\"}}]}");
        assertInstanceOf(Answer.Refused.class, google().look(PICTURE));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "<html>",
                "[]",
                "{}",
                "{\"Labels\":\"none\"}",
                "{\"Labels\":[{\"Confidence\":50}]}",
                "{\"Labels\":[{\"Name\":\"Dog\",\"Confidence\":200}]}",
                "{\"Labels\":[{\"Name\":\"Dog\",\"Confidence\":\"NaN\"}]}",
                "{\"Labels\":[{\"Name\":\"Dog\",\"Confidence\":50,\"Instances\":[{\"Confidence\":50,\"BoundingBox\":{}}]}]}"
            })
    void nonsenseFromRekognitionIsAFailureThatSaysSo(String body) {
        server.says(200, body).says(200, NOTHING_UNSAFE);
        VisionFailure failure =
                assertThrows(VisionFailure.class, () -> rekognition().look(PICTURE));
        assertTrue(failure.getMessage().contains("AWS Rekognition"), failure.getMessage());
    }

    @Test
    void aServiceThatFailsOrNeverAnswersIsAFailureWithinItsTime() {
        server.says(500, "{\"__type\":\"InternalServerError\",\"Message\":\"oops\"}");
        assertTrue(assertThrows(VisionFailure.class, () -> rekognition().look(PICTURE))
                .getMessage()
                .contains("500 InternalServerError oops"));
        VisionFailure slow = assertThrows(
                VisionFailure.class, () -> rekognition(Duration.ofMillis(300)).look(PICTURE));
        assertTrue(slow.getMessage().contains("did not answer"), slow.getMessage());
    }

    @Test
    void googleIsAskedForThreeFeaturesInOneCallWithItsKeyInAHeader() throws Exception {
        server.says(200, """
                {"responses":[{
                  "labelAnnotations":[{"mid":"/m/0bt9lr","description":"Dog","score":0.97,"topicality":0.97}],
                  "safeSearchAnnotation":{"adult":"LIKELY","spoof":"UNLIKELY","medical":"POSSIBLE","violence":"UNLIKELY","racy":"LIKELY"},
                  "localizedObjectAnnotations":[{"mid":"/m/01g317","name":"Person","score":0.5,"boundingPoly":
                    {"normalizedVertices":[{"y":0.25},{"x":0.5,"y":0.25},{"x":0.5,"y":0.75},{"y":0.75}]}}]}]}""");

        var seen = assertInstanceOf(Answer.Seen.class, google().look(PICTURE));

        assertEquals("dog", seen.labels().getFirst().name());
        assertEquals(List.of(new Answer.Thing("person", 0.5, new Region(0, 0.25, 0.5, 0.5))), seen.objects());
        assertEquals(0.85, seen.nsfw().orElseThrow());
        StandIn.Asked asked = server.asked().getFirst();
        assertEquals("/v1/images:annotate", asked.path());
        assertEquals("key of the test", asked.headers().get("x-goog-api-key"));
        JsonNode request = new ObjectMapper().readTree(asked.body()).at("/requests/0");
        assertEquals(
                List.of("LABEL_DETECTION", "SAFE_SEARCH_DETECTION", "OBJECT_LOCALIZATION"),
                request.path("features").findValuesAsText("type"));
        assertEquals(
                Base64.getEncoder().encodeToString(PICTURE),
                request.at("/image/content").asText());
    }

    @Test
    void googleThatIsBusyOrLetsNobodyInIsAskedAgainLaterAndNonsenseIsAFailure() {
        server.says(
                429,
                "{\"error\":{\"code\":429,\"message\":\"Quota exceeded for quota metric\",\"status\":\"RESOURCE_EXHAUSTED\"}}");
        assertInstanceOf(Answer.Later.class, google().look(PICTURE));
        server.says(403, "{\"error\":{\"code\":403,\"message\":\"disabled\",\"status\":\"PERMISSION_DENIED\"}}");
        assertInstanceOf(Answer.Later.class, google().look(PICTURE));
        server.says(200, "{\"responses\":[{\"error\":{\"code\":8,\"message\":\"slower\"}}]}");
        assertInstanceOf(Answer.Later.class, google().look(PICTURE));
        for (String nonsense : List.of(
                "{}",
                "{\"responses\":[]}",
                "not JSON",
                "{\"responses\":[{\"labelAnnotations\":[{\"score\":0.5}]}]}",
                "{\"responses\":[{\"labelAnnotations\":[{\"description\":\"x\",\"score\":5}]}]}",
                "{\"responses\":[{\"localizedObjectAnnotations\":[{\"name\":\"x\",\"score\":0.5}]}]}")) {
            server.says(200, nonsense);
            assertThrows(VisionFailure.class, () -> google().look(PICTURE), nonsense);
        }
        server.says(503, "");
        assertThrows(VisionFailure.class, () -> google().look(PICTURE));
    }
}
