package dev.memoir.api.share;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.memoir.api.share.ByteRange.Asked;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ByteRangeTest {
    private static final long SIZE = 10_000_000;

    @ParameterizedTest
    @CsvSource({
        "bytes=0-99, 0, 100",
        "bytes=9999990-, 9999990, 10",
        "bytes=9999990-20000000, 9999990, 10",
        "bytes=-5, 9999995, 5",
        "bytes=-999999999999, 0, 4194304",
        "bytes=0-, 0, 4194304",
        "bytes=1-9999999, 1, 4194304"
    })
    void aRangeIsWhatIsThereAndNotTooMuchAtOnce(String header, long from, long length) {
        assertEquals(new Asked.Part(new ByteRange(from, length)), ByteRange.of(Optional.of(header), SIZE));
    }

    @ParameterizedTest
    @ValueSource(strings = {"bytes=10000000-", "bytes=5-4", "bytes=-0"})
    void whatIsNotThereIsBeyond(String header) {
        assertEquals(new Asked.Beyond(), ByteRange.of(Optional.of(header), SIZE));
    }

    @ParameterizedTest
    @ValueSource(strings = {"bytes=-", "bytes=0-1,5-6", "lines=0-1", "bytes=a-b", "bytes=9999999999999999999-", ""})
    void whatIsNotUnderstoodAsksForAll(String header) {
        assertEquals(new Asked.All(), ByteRange.of(Optional.of(header), SIZE));
    }

    @Test
    void theAnswerSaysWhichBytesTheseAre() {
        assertEquals("bytes 5-9/100", new ByteRange(5, 5).contentRange(100));
    }
}
