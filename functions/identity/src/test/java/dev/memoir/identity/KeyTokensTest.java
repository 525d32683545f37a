package dev.memoir.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.memoir.identity.KeyTokens.Fresh;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class KeyTokensTest {
    private final KeyTokens keys = new KeyTokens("secret");

    @Test
    void aKeyIsKnownByItsMarkAndIsNoLinkNorALinkAKey() {
        Fresh fresh = keys.fresh();
        assertTrue(fresh.key().matches("mk_[A-Za-z0-9_-]{43}"), fresh.id());
        assertTrue(fresh.id().matches("[0-9a-f]{32}"), fresh.id());
        assertEquals(Optional.of(fresh.id()), new KeyTokens("secret").id(fresh.key()));
        assertEquals(Optional.empty(), new KeyTokens("another secret").id(fresh.key()));
        LinkTokens links = new LinkTokens("secret");
        assertEquals(Optional.empty(), links.link(fresh.key().substring(3)));
        assertEquals(Optional.empty(), keys.id("mk_" + links.fresh().token()));
        assertFalse(fresh.toString().contains(fresh.key()));
    }

    @Test
    void noLetterOfAKeyCanBeAnother() {
        String key = keys.fresh().key();
        for (int i = 0; i < key.length() - 1; i++) {
            char other = key.charAt(i) == 'A' ? 'B' : 'A';
            assertEquals(Optional.empty(), keys.id(key.substring(0, i) + other + key.substring(i + 1)), "letter " + i);
        }
        for (String nonsense : new String[] {"", "mk_", "MK_" + key.substring(3), key + "A", key.substring(3)}) {
            assertEquals(Optional.empty(), keys.id(nonsense), nonsense.length() + " letters");
        }
    }
}
