package dev.memoir.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.memoir.identity.LinkTokens.Fresh;
import dev.memoir.identity.LinkTokens.Ticket;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LinkTokensTest {
    private static final Instant NOW = Instant.parse("2026-11-29T10:00:00Z");
    private static final String ANOTHER = "a".repeat(32);

    private final LinkTokens tokens = new LinkTokens("secret");

    @Test
    void aTokenIsKnownByItsMarkAndNamesItsLink() {
        Fresh fresh = tokens.fresh();
        assertTrue(fresh.token().matches("[A-Za-z0-9_-]{43}"), fresh.token());
        assertTrue(fresh.id().matches("[0-9a-f]{32}"), fresh.id());
        assertEquals(Optional.of(fresh.id()), new LinkTokens("secret").link(fresh.token()));
        assertEquals(Optional.empty(), new LinkTokens("another secret").link(fresh.token()));
        assertNotEquals(fresh.id(), tokens.fresh().id());
    }

    @Test
    void noLetterOfATokenCanBeAnother() {
        String token = tokens.fresh().token();
        for (int i = 0; i < token.length() - 1; i++) {
            char other = token.charAt(i) == 'A' ? 'B' : 'A';
            String changed = token.substring(0, i) + other + token.substring(i + 1);
            assertEquals(Optional.empty(), tokens.link(changed), changed);
        }
        for (String nonsense : new String[] {"", "A", token + "A", " " + token.substring(1), "é".repeat(43)}) {
            assertEquals(Optional.empty(), tokens.link(nonsense), nonsense);
        }
    }

    @Test
    void aTicketIsGoodUntilItsEnd() {
        Ticket ticket = new Ticket(tokens.fresh().id(), 3, NOW);
        String text = tokens.ticket(ticket);
        assertEquals(Optional.of(ticket), tokens.ticket(text, NOW.minusSeconds(1)));
        assertEquals(Optional.empty(), tokens.ticket(text, NOW));
    }

    @Test
    void nothingOfATicketCanBeChanged() {
        Ticket ticket = new Ticket(tokens.fresh().id(), 3, NOW);
        String text = tokens.ticket(ticket);
        for (String changed : new String[] {
            text.replace(ticket.link(), ANOTHER),
            text.replace(".3.", ".4."),
            text.replace("." + NOW.getEpochSecond(), "." + (NOW.getEpochSecond() + 600)),
            text.substring(0, text.lastIndexOf('.')),
            text.substring(0, text.lastIndexOf('.') + 1),
            "",
            "...",
            new LinkTokens("another secret").ticket(ticket),
            tokens.fresh().token()
        }) {
            assertEquals(Optional.empty(), tokens.ticket(changed, NOW.minusSeconds(1)), changed);
        }
    }
}
