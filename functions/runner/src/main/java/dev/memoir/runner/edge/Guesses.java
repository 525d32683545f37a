package dev.memoir.runner.edge;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Makes those wait who guess passwords of something that has a name: under one name from one address, and under one name from
 * anywhere, where the guessing may be shared out.
 */
final class Guesses {
    private final LockOut here = new LockOut(5);
    private final LockOut anywhere = new LockOut(25);

    /** @return how long to wait; empty when it may be tried now, and then it counts until it is {@link #answered} */
    Optional<Duration> attempt(String name, String address) {
        Optional<Duration> wait = here.attempt(name + " " + address);
        if (wait.isEmpty()) {
            wait = anywhere.attempt(name);
            if (wait.isPresent()) {
                here.undecided(name + " " + address);
            }
        }
        return wait;
    }

    /** @param status 200: it was right; 401: it was wrong; anything else: nobody knows */
    void answered(String name, String address, int status) {
        for (var lock : List.of(Map.entry(here, name + " " + address), Map.entry(anywhere, name))) {
            if (status == 200) {
                lock.getKey().succeeded(lock.getValue());
            } else if (status != 401) {
                lock.getKey().undecided(lock.getValue());
            }
        }
    }
}
