package dev.memoir.events;

import java.time.Duration;
import java.util.Optional;

/**
 * How a cold start is told from outside, wherever the function runs and whatever routes to it: with the first answer of its
 * life, and with those to the requests that came before it, a process says how old it is. If whoever asked has waited longer than that, the process was started after the question,
 * so nobody was there to take it. Only durations are compared, so clocks need not agree.
 */
public final class ProcessAge {
    /** Of an HTTP answer, in milliseconds; on the first ones of a process alone. */
    public static final String HEADER = "Memoir-Process-Age";

    /** Linux counts a process's start and its own time in hundredths of a second each. */
    private static final Duration INEXACT = Duration.ofMillis(20);

    private ProcessAge() {}

    public static String header(Duration age) {
        return Long.toString(age.toMillis());
    }

    /**
     * @param header as it came
     * @param waited from the question to the answer
     * @return whether the question was there before the process; false where the header says nothing that can be understood
     */
    public static boolean saysColdStart(Optional<String> header, Duration waited) {
        try {
            return header.filter(text -> waited.plus(INEXACT).compareTo(Duration.ofMillis(Long.parseLong(text))) > 0)
                    .isPresent();
        } catch (NumberFormatException notOurs) {
            return false;
        }
    }
}
