package dev.memoir.events;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ProcessAgeTest {
    @Test
    void aProcessThatIsYoungerThanTheQuestionWasStartedAfterIt() {
        Optional<String> age = Optional.of(ProcessAge.header(Duration.ofMillis(700)));

        assertTrue(ProcessAge.saysColdStart(age, Duration.ofMillis(701)));
        // Ages are told in hundredths of a second.
        assertTrue(ProcessAge.saysColdStart(age, Duration.ofMillis(690)));
        assertFalse(ProcessAge.saysColdStart(age, Duration.ofMillis(680)));
        assertFalse(ProcessAge.saysColdStart(Optional.empty(), Duration.ofDays(1)));
        assertFalse(ProcessAge.saysColdStart(Optional.of(""), Duration.ofDays(1)));
    }
}
