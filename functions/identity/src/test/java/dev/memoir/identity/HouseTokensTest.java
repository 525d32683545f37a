package dev.memoir.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.memoir.media.Claims;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HouseTokensTest {
    private static final Duration HOUR = Duration.ofHours(1);

    @TempDir
    Path folder;

    private HouseTokens tokens;
    private HouseTokens.Reader reader;
    private BearerVerifier bearers;

    @BeforeEach
    void makeKeys() throws Exception {
        TokenKeys keys = TokenKeys.in(folder);
        tokens = new HouseTokens(keys);
        reader = new HouseTokens.Reader(keys.publicJwks());
        bearers = BearerVerifier.of(keys.publicJwks(), HouseTokens.ISSUER, HouseTokens.BEARERS);
    }

    @Test
    void eachIsReadAsWhatItIs() throws Exception {
        Claims anna = new Claims("anna", Set.of("family"), Map.of("adult", "true"));
        assertEquals(anna, bearers.verify(tokens.bearer(anna, HOUR)));
        assertEquals(new HouseTokens.Session("anna", "s1"), reader.session(tokens.session("anna", "s1", HOUR)));
        assertEquals("i1", reader.ticket(tokens.ticket("i1", HOUR)));
    }

    @Test
    void nonePassesAsAnother() {
        String bearer = tokens.bearer(new Claims("anna", Set.of(), Map.of("session", "s1")), HOUR);
        String session = tokens.session("anna", "s1", HOUR);
        String ticket = tokens.ticket("i1", HOUR);
        assertThrows(InvalidToken.class, () -> reader.session(bearer));
        assertThrows(InvalidToken.class, () -> reader.session(ticket));
        assertThrows(InvalidToken.class, () -> reader.ticket(bearer));
        assertThrows(InvalidToken.class, () -> reader.ticket(session));
        assertThrows(InvalidToken.class, () -> bearers.verify(session));
        assertThrows(InvalidToken.class, () -> bearers.verify(ticket));
    }
}
