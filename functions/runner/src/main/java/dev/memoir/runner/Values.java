package dev.memoir.runner;

import dev.memoir.runner.Settings.Mistake;
import java.time.Duration;
import java.time.LocalTime;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** What a person has set, by name; docs/configuration.md lists the names. */
public record Values(Map<String, String> named) {
    public Values {
        named = Map.copyOf(named);
    }

    /**
     * Adds one setting as it stands behind {@code --set}.
     *
     * @throws Mistake when it is none, or can't have this value
     */
    static void put(Map<String, String> values, String pair) throws Mistake {
        String[] nameAndValue = pair.split("=", 2);
        if (nameAndValue.length < 2) {
            throw new Mistake("--set needs NAME=VALUE, not " + pair);
        }
        KnownSettings.check(nameAndValue[0], nameAndValue[1], "--set " + nameAndValue[0]);
        values.put(nameAndValue[0], nameAndValue[1]);
    }

    /** A text, such as {@code owner}. */
    public String text(String name, String otherwise) {
        return named.getOrDefault(name, otherwise).strip();
    }

    public int number(String name, int otherwise) throws Mistake {
        return parsed(name, otherwise, Integer::parseInt, "a whole number");
    }

    /** Mebibytes, told in bytes. */
    public long mebibytes(String name, long otherwise) throws Mistake {
        return parsed(name, otherwise, Long::parseLong, "a number of MiB") << 20;
    }

    /** Such as {@code 250ms}, {@code 60}, {@code 60s}, {@code 5m} or {@code 2h}. */
    public Duration duration(String name, Duration otherwise) throws Mistake {
        return parsed(name, otherwise, Values::duration, "a time such as 30s or 5m");
    }

    /** Times with commas between them. */
    public List<Duration> durations(String name, List<Duration> otherwise) throws Mistake {
        return parsed(
                name,
                otherwise,
                text -> Arrays.stream(text.split(",")).map(Values::duration).toList(),
                "times such as 1s,5s,30s");
    }

    /** A time of day such as {@code 03:30}. */
    public LocalTime timeOfDay(String name, LocalTime otherwise) throws Mistake {
        return parsed(name, otherwise, LocalTime::parse, "a time of day such as 03:30");
    }

    private <T> T parsed(String name, T otherwise, Function<String, T> parser, String wanted) throws Mistake {
        String value = named.get(name);
        try {
            return value == null ? otherwise : parser.apply(value.strip());
        } catch (RuntimeException e) {
            throw new Mistake(name + " must be " + wanted + ", not " + value);
        }
    }

    static Duration duration(String text) {
        String value = text.strip();
        if (value.endsWith("ms")) {
            return Duration.ofMillis(Long.parseLong(value.substring(0, value.length() - 2)));
        }
        long amount = Long.parseLong(value.replaceAll("[smh]$", ""));
        return switch (value.charAt(value.length() - 1)) {
            case 'm' -> Duration.ofMinutes(amount);
            case 'h' -> Duration.ofHours(amount);
            default -> Duration.ofSeconds(amount);
        };
    }
}
