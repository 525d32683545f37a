package dev.memoir.media;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class QuotaTest {
    @Test
    void aQuotaIsReadAsPeopleWriteIt() {
        assertEquals(0, Quota.of("0").bytes());
        assertEquals(1_000, Quota.of("1000").bytes());
        assertEquals(3 << 10, Quota.of(" 3k ").bytes());
        assertEquals(200L << 30, Quota.of("200G").bytes());
        assertEquals(8_388_607L << 40, Quota.of("8388607T").bytes());
        assertEquals(Optional.empty(), Quota.of(Map.of("adult", "true")));
        for (String none :
                new String[] {"", "G", "-1G", "1.5G", "200 GB", "8388608T", "99999999999999999999", "lots"}) {
            assertThrows(IllegalArgumentException.class, () -> Quota.of(none), none);
        }
    }

    @Test
    void bytesAreSaidInTheUnitThatFits() {
        assertEquals("1023 bytes", Quota.readable(1023));
        assertEquals("1.5 KiB", Quota.readable(1536));
        assertEquals("200.0 GiB", Quota.readable(200L << 30));
        assertEquals("2048.0 TiB", Quota.readable(2L << 50));
    }
}
