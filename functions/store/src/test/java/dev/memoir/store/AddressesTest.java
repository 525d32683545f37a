package dev.memoir.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressesTest {
    @Test
    void everyByteButTheUnreservedOnesIsEncodedOnceAndSlashesStay() {
        assertEquals("/originals/a%20b%2B%25/%F0%9F%98%80-_.~", Addresses.path("originals", "a b+%/😀-_.~"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/a", "a//b", "./a", "a/../b", "a/..", ".", "nul\0"})
    void aKeyThatAStoreWouldFoldIntoAnotherIsRefused(String key) {
        assertTrue(MediaStore.refusal(key).isPresent());
    }

    @Test
    void aLoneSurrogateIsRefusedSinceItWouldBecomeAQuestionMark() {
        assertTrue(MediaStore.refusal("a\ud800b").isPresent());
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "a/", "...", ".a/..b/c..", "it's \"q\" + 100%.jpg", "😀"})
    void otherOddKeysAreFine(String key) {
        assertEquals(Optional.empty(), MediaStore.refusal(key));
    }

    @Test
    void aKeyMayHave1024BytesWhichAreFewerCharacters() {
        assertFalse(MediaStore.refusal("é".repeat(512)).isPresent());
        assertTrue(MediaStore.refusal("é".repeat(512) + "a").isPresent());
    }
}
