package dev.memoir.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.memoir.house.ApiKeys;
import dev.memoir.house.Door;
import dev.memoir.identity.HouseTokens;
import dev.memoir.identity.KeyTokens;
import dev.memoir.identity.TokenKeys;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On a real store. */
class UserCommandTest {
    private static final String PASSWORD = "correct horse battery";

    @TempDir
    Path library;

    private RealStore real;
    private Door door;

    @BeforeEach
    void start() throws Exception {
        real = RealStore.in(library);
        Path file = library.resolve("run/runner.json");
        Files.writeString(file, Files.readString(file).replace("\"adminToken\"", "\"house\":true,\"adminToken\""));
        door = new Door(real.store().documents(), Set.of("home"), Clock.systemUTC());
    }

    @AfterEach
    void stop() {
        real.close();
    }

    @Test
    void upTellsTheFirstLinkUntilSomebodyIsThere() throws Exception {
        String link = Ran.memoir(library, "up", "--detach")
                .out()
                .lines()
                .filter(line -> line.contains("/#/welcome?ticket="))
                .findFirst()
                .orElseThrow();
        String ticket = link.substring(link.indexOf('=') + 1);
        String invitation =
                new HouseTokens.Reader(TokenKeys.in(library.resolve("secrets")).publicJwks()).ticket(ticket);

        assertTrue(door.accept(invitation, "anna", PASSWORD, "").user().rights().administers());

        assertFalse(Ran.memoir(library, "up", "--detach").out().contains("welcome"));
        assertTrue(Ran.memoir(library, "user", "list").out().startsWith("anna "));
    }

    @Test
    void peopleComeChangeAndGo() {
        Ran invited = Ran.memoir(library, "user", "invite", "carl", "--adult");
        assertEquals(0, invited.exitCode(), invited.err());
        assertTrue(invited.out().contains("/#/invitation?ticket="), invited.out());

        assertEquals(0, withInput(PASSWORD + "\n", "user", "add", "Bob").exitCode());
        assertEquals(1, withInput(PASSWORD + "\n", "user", "add", "bob").exitCode());
        assertEquals(1, withInput("short\n", "user", "add", "eve").exitCode());
        assertTrue(door.logIn("bob", PASSWORD, "Firefox").isPresent());
        assertTrue(Ran.memoir(library, "user", "sessions", "bob").out().contains("Firefox"));

        assertEquals(
                0,
                Ran.memoir(library, "user", "rights", "bob", "--group", "admin").exitCode());
        assertTrue(Ran.memoir(library, "user", "list").out().contains("admin"));
        assertEquals(0, Ran.memoir(library, "user", "quota", "bob", "200G").exitCode());
        assertEquals(2, Ran.memoir(library, "user", "quota", "bob", "lots").exitCode());
        assertEquals(
                0,
                Ran.memoir(library, "user", "rights", "bob", "--group", "admin").exitCode());
        assertTrue(Ran.memoir(library, "user", "list").out().contains("200.0 GiB"), "rights are not how much is kept");
        assertEquals(0, Ran.memoir(library, "user", "quota", "bob", "none").exitCode());
        assertFalse(Ran.memoir(library, "user", "list").out().contains("GiB"));
        String code = Ran.memoir(library, "user", "codes", "bob")
                .out()
                .lines()
                .findFirst()
                .orElseThrow();
        assertTrue(door.logIn("bob", code, "").isPresent());

        assertEquals(1, Ran.memoir(library, "user", "remove", "bob").exitCode(), "somebody must administer");
        assertEquals(0, withInput(PASSWORD + "\n", "user", "add", "ada").exitCode());
        assertEquals(
                0,
                Ran.memoir(library, "user", "rights", "ada", "--group", "admin").exitCode());
        assertEquals(0, Ran.memoir(library, "user", "remove", "bob").exitCode());
        assertTrue(door.logIn("bob", PASSWORD, "").isEmpty());
        assertEquals(1, Ran.memoir(library, "user", "remove", "bob").exitCode());
        String log = Ran.memoir(library, "user", "log").out();
        assertTrue(log.startsWith("20") && log.contains("user.removed   bob by command line"), log);
        assertEquals(10, log.lines().count(), log);
    }

    @Test
    void aTokenOfTheCommandLineHasTheRightsThatItsPersonHas() {
        withInput(PASSWORD + "\n", "user", "add", "tim");
        real.runner()
                .on(
                        "POST /token?user=tim&hours=12&groups=family&adult=false",
                        request -> new FakeRunner.Answer(200, "{\"token\":\"of-tim\"}"));
        assertEquals("of-tim\n", Ran.memoir(library, "token", "--user", "tim").out());
    }

    @Test
    void aTokenCanBeNarrowedAndAQuestionAskedWithAKey() {
        real.runner()
                .on(
                        "POST /token?user=home&hours=12&scope=read",
                        request -> new FakeRunner.Answer(200, "{\"token\":\"narrow\"}"));
        real.runner()
                .on(
                        "POST /graphql",
                        request -> new FakeRunner.Answer(200, "{\"data\":{\"bearer\":\"" + request.bearer() + "\"}}"));
        assertEquals("narrow\n", Ran.memoir(library, "token", "--scope", "read").out());
        assertEquals(2, Ran.memoir(library, "token", "--scope", "all").exitCode());
        Ran asked = Ran.memoir(library, "query", "--key", "mk_mine", "{ bearer }");
        assertTrue(asked.out().contains("mk_mine"), asked.err());
        assertEquals(
                2,
                Ran.memoir(library, "query", "--key", "mk_mine", "--user", "tim", "{ a }")
                        .exitCode());
        assertEquals(
                2,
                Ran.memoir(library, "query", "--url", "http://127.0.0.1:1", "{ a }")
                        .exitCode());
        assertEquals(
                2,
                Ran.memoir(library, "query", "--key", "mk_mine", "--url", "photos", "{ a }")
                        .exitCode());
    }

    @Test
    void keysAreMadeListedAndRevoked() throws Exception {
        Files.writeString(library.resolve("secrets/delivery.json"), "{\"token\":\"shared\"}");
        withInput(PASSWORD + "\n", "user", "add", "tim");
        ApiKeys keys = new ApiKeys(real.store().documents(), Set.of("home"), Clock.systemUTC());

        Ran made = Ran.memoir(library, "apikey", "create", "frame", "--scope", "read", "--for", "Tim");
        assertEquals(0, made.exitCode(), made.err());
        String id = new KeyTokens("shared").id(made.out().strip()).orElseThrow();
        assertEquals("tim", keys.open(id).orElseThrow().subject());
        assertEquals(
                0,
                Ran.memoir(library, "apikey", "create", "frame", "--scope", "write", "--expires", "1d")
                        .exitCode());
        assertEquals(
                1,
                Ran.memoir(library, "apikey", "create", "root", "--scope", "admin", "--for", "tim")
                        .exitCode());
        assertEquals(
                2,
                Ran.memoir(library, "apikey", "create", "x", "--scope", "read", "--expires", "soon")
                        .exitCode());
        String listed = Ran.memoir(library, "apikey", "list").out();
        assertEquals(2, listed.lines().count(), listed);
        assertTrue(listed.lines().anyMatch(l -> l.matches(id + " +frame +tim +read +until .+ used 20.+")), listed);

        Ran both = Ran.memoir(library, "apikey", "revoke", "frame");
        assertEquals(1, both.exitCode());
        assertTrue(both.err().contains("2 keys"), both.err());
        assertEquals(0, Ran.memoir(library, "apikey", "revoke", id).exitCode());
        assertTrue(keys.open(id).isEmpty());
        assertEquals(0, Ran.memoir(library, "apikey", "revoke", "frame").exitCode());
        assertEquals("", Ran.memoir(library, "apikey", "list", "--json").out());
    }

    @Test
    void theTableOfRightsSaysWhoMayDoWhat() {
        Ran ran = Ran.memoir(library, "access", "table");
        assertEquals(0, ran.exitCode());
        assertTrue(
                ran.out()
                        .lines()
                        .anyMatch(l -> l.matches("child +see +the household +sensitive +no +hidden-from-children")),
                ran.out());
        assertTrue(ran.out().lines().anyMatch(l -> l.matches("admin +see +somebody else +no +no rule")), ran.out());
    }

    @Test
    void itIsExplainedWhichRuleDecidesOfAPhoto() {
        withInput(PASSWORD + "\n", "user", "add", "tim");
        String asked = "POST /token?user=tim&hours=1&groups=family&adult=false";
        real.runner().on(asked, request -> new FakeRunner.Answer(200, "{\"token\":\"of-tim\"}"));
        real.runner()
                .on("POST /token?user=home&hours=1", request -> new FakeRunner.Answer(200, "{\"token\":\"of-home\"}"));
        real.runner()
                .on(
                        "POST /graphql",
                        request -> new FakeRunner.Answer(
                                200,
                                request.bearer().equals("of-home")
                                        ? "{\"data\":{\"asset\":{\"owner\":\"home\",\"nsfw\":0.9,\"trashedAt\":null}}}"
                                        : "{\"data\":{\"asset\":null}}"));

        Ran ran = Ran.memoir(library, "access", "explain", "tim", "a".repeat(64));

        assertEquals(0, ran.exitCode(), ran.err());
        assertTrue(ran.out().startsWith("home's, sensitive\n  tim may not see it: "), ran.out());
        assertTrue(ran.out().contains("(hidden-from-children)"), ran.out());
        assertEquals(
                1,
                Ran.memoir(library, "access", "explain", "eve", "a".repeat(64)).exitCode());
    }

    private Ran withInput(String input, String... arguments) {
        InputStream before = System.in;
        System.setIn(new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)));
        try {
            return Ran.memoir(library, arguments);
        } finally {
            System.setIn(before);
        }
    }
}
