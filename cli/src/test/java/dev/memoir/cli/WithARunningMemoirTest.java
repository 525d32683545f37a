package dev.memoir.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WithARunningMemoirTest {
    private static final String STATUS = """
            {"address":"http://127.0.0.1:7700","storeAddress":"http://127.0.0.1:7701",
             "functions":{"api":{"state":"awake","memoryBytes":104857600,"coldStarts":3,"lastColdStartMs":412},
                          "ai":{"state":"asleep","memoryBytes":0,"coldStarts":0,"lastColdStartMs":0}},
             "database":{"state":"awake","memoryBytes":52428800},
             "parts":{"runner":{"pssBytes":73400320}},
             "queue":{"new":{"object":2,"previewed":1},"backfill":{"object":10,"previewed":0},"store":1},
             "dead":5}
            """;

    @TempDir
    Path library;

    private FakeRunner runner;

    @BeforeEach
    void start() throws IOException {
        runner = FakeRunner.in(library);
        runner.status(STATUS);
        runner.on("POST /token?user=home&hours=1", r -> new FakeRunner.Answer(200, "{\"token\":\"home-token\"}"));
    }

    @AfterEach
    void stop() {
        runner.close();
    }

    @Test
    void statusShowsStatesMemoryAndWhatWaits() {
        Ran ran = Ran.memoir(library, "status");
        assertEquals(0, ran.exitCode());
        assertTrue(ran.out().lines().anyMatch(l -> l.matches("api +awake +100 MiB +3 +412 ms")), ran.out());
        assertTrue(ran.out().lines().anyMatch(l -> l.matches("ai +asleep +0")), ran.out());
        assertTrue(ran.out().lines().anyMatch(l -> l.matches("runner +70 MiB")), ran.out());
        assertTrue(ran.out().contains("waiting   14 events"), ran.out());
        assertTrue(ran.out().contains("gave up   5   see ./memoir dead"), ran.out());
    }

    @Test
    void statusForAScriptIsWhatTheRunnerSaysAndThatItRuns() throws IOException {
        Ran ran = Ran.memoir(library, "status", "--json");
        assertEquals(0, ran.exitCode());
        assertTrue(Json.parse(ran.out()).path("running").asBoolean());
        assertEquals("asleep", Json.parse(ran.out()).at("/functions/ai/state").asText());
    }

    @Test
    void statusSaysWhenNobodyHasDecidedOnFaces() {
        assertTrue(Ran.memoir(library, "status").out().contains("faces     not looked for; nobody has decided"));
        runner.status(STATUS.replace("\"dead\":5", "\"dead\":5,\"faces\":\"on\""));
        assertTrue(Ran.memoir(library, "status").out().contains("faces     looked for"));
    }

    @Test
    void turningFacesOffTellsWhatWasErased() {
        runner.on("POST /faces?wanted=off", r -> new FakeRunner.Answer(202, "{\"id\":\"7\"}"));
        runner.on("GET /jobs/7", r -> new FakeRunner.Answer(200, """
                {"state":"done","result":{"faces":"off","facesErased":12,"picturesErased":13,"peopleErased":3}}"""));
        Ran ran = Ran.memoir(library, "faces", "--library", "off");
        assertEquals(0, ran.exitCode(), ran.err());
        assertEquals("Memoir does not look for faces. Erased: 12 faces, 13 pictures of them, 3 groups.\n", ran.out());
    }

    @Test
    void aDecisionOnFacesThatFailsNamesTheReason() {
        runner.on("POST /faces?wanted=off", r -> new FakeRunner.Answer(202, "{\"id\":\"7\"}"));
        runner.on("GET /jobs/7", r -> new FakeRunner.Answer(200, """
                {"state":"failed","error":"the store is away"}"""));
        Ran ran = Ran.memoir(library, "faces", "--library", "off");
        assertEquals(1, ran.exitCode());
        assertTrue(ran.err().contains("the store is away"), ran.err());
    }

    @Test
    void filesOrTheLibraryButNotBothAndNotNeither() {
        assertEquals(2, Ran.memoir(library, "faces").exitCode());
        assertEquals(2, Ran.memoir(library, "faces", "--library", "on", "a.jpg").exitCode());
        assertEquals(2, Ran.memoir(library, "faces", "--library", "perhaps").exitCode());
    }

    @Test
    void upWhileItRunsTakesTheDecisionOnFacesThatIsGivenAndAsksNobodyWithoutATerminal() {
        runner.on("POST /faces?wanted=off", r -> new FakeRunner.Answer(202, "{\"id\":\"7\"}"));
        runner.on("GET /jobs/7", r -> new FakeRunner.Answer(200, "{\"state\":\"done\",\"result\":{}}"));
        assertEquals(0, Ran.memoir(library, "up", "--detach").exitCode());
        assertTrue(runner.requests.stream().noneMatch(r -> r.line().startsWith("POST /faces")));
        assertEquals(0, Ran.memoir(library, "up", "--detach", "--faces", "off").exitCode());
        assertTrue(runner.requests.stream().anyMatch(r -> r.line().equals("POST /faces?wanted=off")));
    }

    @Test
    void downReturnsWhenTheRunnerHasEnded() {
        Ran ran = Ran.memoir(library, "down");
        assertEquals(0, ran.exitCode());
        assertEquals("Memoir is stopped.\n", ran.out());
        assertFalse(runner.lives());
    }

    @Test
    void aSecondDetachedUpIsContentAndAForegroundOneIsNot() {
        Ran detached = Ran.memoir(library, "up", "--detach");
        assertEquals(0, detached.exitCode());
        assertTrue(detached.out().startsWith("Memoir runs already.\n"), detached.out());
        assertEquals(2, Ran.memoir(library, "up").exitCode());
    }

    @Test
    void queryPrintsTheDataAndSendsTypedVariables() throws IOException {
        runner.on("POST /graphql", r -> new FakeRunner.Answer(200, "{\"data\":{\"assets\":[]}}"));
        Ran ran =
                Ran.memoir(library, "query", "query($n: Int, $t: String) { assets }", "--var", "n=3", "--var", "t=a b");
        assertEquals(0, ran.exitCode());
        assertEquals("{\n  \"assets\" : [ ]\n}\n", ran.out());
        FakeRunner.Request asked = runner.requests.getLast();
        assertEquals("home-token", asked.bearer());
        assertEquals(
                Json.parse("{\"n\":3,\"t\":\"a b\"}"), Json.parse(asked.body()).path("variables"));
    }

    @Test
    void errorsOfGraphQlGoToStandardErrorAndFail() {
        runner.on(
                "POST /graphql",
                r -> new FakeRunner.Answer(
                        200, "{\"data\":{\"a\":1},\"errors\":[{\"message\":\"no\",\"path\":[\"b\",0]}]}"));
        Ran ran = Ran.memoir(library, "query", "{ a b }");
        assertEquals(1, ran.exitCode());
        assertEquals("{\n  \"a\" : 1\n}\n", ran.out());
        assertEquals("memoir: GraphQL: no (at b.0)\n", ran.err());
    }

    @Test
    void variablesThatAreNotJsonAreRefusedBeforeAnythingIsAsked() {
        Ran ran = Ran.memoir(library, "query", "{ a }", "--variables", "n=3");
        assertEquals(2, ran.exitCode());
        assertTrue(ran.err().startsWith("memoir: --variables is not JSON: "), ran.err());
        assertEquals(List.of(), runner.requests);
    }

    @Test
    void aTokenIsAllThatIsPrinted() {
        runner.on("POST /token?user=anna&hours=2", r -> new FakeRunner.Answer(200, "{\"token\":\"abc\"}"));
        Ran ran = Ran.memoir(library, "token", "--user", "anna", "--hours", "2");
        assertEquals(0, ran.exitCode());
        assertEquals("abc\n", ran.out());
    }

    @Test
    void aRefusalOfTheRunnerIsOneLineWithItsReason() {
        runner.on("GET /dead", r -> new FakeRunner.Answer(503, "{\"error\":\"the queue is away\"}"));
        Ran ran = Ran.memoir(library, "dead");
        assertEquals(1, ran.exitCode());
        assertEquals("memoir: Memoir refused /dead (503): the queue is away\nSee ./memoir logs runner\n", ran.err());
    }

    @Test
    void aDeadLetterThatIsNotThereIsAFailure() {
        runner.on("POST /dead/replay?id=99", r -> new FakeRunner.Answer(200, "{\"count\":0}"));
        runner.on("GET /dead", r -> new FakeRunner.Answer(200, "[{\"id\":1}]"));
        for (String command : new String[] {"dead replay 99", "dead list 99"}) {
            Ran ran = Ran.memoir(library, command.split(" "));
            assertEquals(1, ran.exitCode(), command);
            assertEquals("memoir: There is no dead letter 99.\nWhat there is: ./memoir dead\n", ran.err());
        }
        Ran ran = Ran.memoir(library, "dead", "drop", "IMG_1.jpg");
        assertEquals(2, ran.exitCode());
        assertTrue(ran.err().contains("IMG_1.jpg"), ran.err());
    }

    @Test
    void theSecretKeyIsShownOnlyOnDemand() throws IOException {
        Files.createDirectories(library.resolve("secrets"));
        Files.writeString(library.resolve("secrets/phone.json"), "{\"accessKey\":\"phone\",\"secretKey\":\"hush\"}");
        Ran hidden = Ran.memoir(library, "phone");
        assertEquals(0, hidden.exitCode());
        assertFalse(hidden.out().contains("hush"), hidden.out());
        assertTrue(hidden.out().contains("phone"), hidden.out());
        assertTrue(Ran.memoir(library, "keys", "--show").out().contains("hush"));
    }
}
