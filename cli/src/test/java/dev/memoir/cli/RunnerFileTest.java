package dev.memoir.cli;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;

class RunnerFileTest {
    @Test
    void whatComesInClearToOtherMachinesIsToldFromWhatStaysHereOrHasTls() {
        for (String address : List.of("http://192.168.1.2:7700", "http://nas.local:7700")) {
            assertTrue(at(address).plainOnANetwork(), address);
        }
        for (String address :
                List.of("http://127.0.0.1:7700", "http://localhost:7700", "http://[::1]:7700", "https://nas.local")) {
            assertFalse(at(address).plainOnANetwork(), address);
        }
    }

    private static RunnerFile at(String address) {
        URI elsewhere = URI.create("http://127.0.0.1:1");
        return new RunnerFile(1, URI.create(address), elsewhere, elsewhere, elsewhere, elsewhere, "", "home", true);
    }
}
