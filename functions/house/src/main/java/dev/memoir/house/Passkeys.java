package dev.memoir.house;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A person's passkeys.
 *
 * @param handle what authenticators know the person by: chance, so that it tells nobody anything; hexadecimal, and sent to
 *     browsers as its characters
 * @param answered challenges that have let in once and can't again, with the time at which they end by themselves
 */
public record Passkeys(Optional<String> handle, List<Passkey> all, Map<String, Instant> answered) {
    static final Passkeys NONE = new Passkeys(Optional.empty(), List.of(), Map.of());

    public Passkeys {
        all = List.copyOf(all);
        answered = Map.copyOf(answered);
    }

    Optional<Passkey> find(String id) {
        return all.stream().filter(passkey -> passkey.id().equals(id)).findFirst();
    }

    Passkeys withoutAny() {
        return new Passkeys(handle, List.of(), answered);
    }

    Passkeys with(String newHandle) {
        return new Passkeys(Optional.of(newHandle), all, answered);
    }

    Passkeys with(Passkey passkey) {
        return new Passkeys(
                handle,
                Stream.concat(without(passkey.id()).all.stream(), Stream.of(passkey))
                        .toList(),
                answered);
    }

    Passkeys without(String id) {
        return new Passkeys(
                handle, all.stream().filter(passkey -> !passkey.id().equals(id)).toList(), answered);
    }

    Passkeys answering(String challenge, Instant until, Instant now) {
        Map<String, Instant> open = new TreeMap<>(answered);
        open.values().removeIf(end -> end.isBefore(now));
        open.put(challenge, until);
        return new Passkeys(handle, all, open);
    }
}
