package dev.memoir.runner;

import dev.memoir.runner.Settings.Mistake;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalTime;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;

/** Every name that a person may set, and what its value must be: a slip is refused, since a setting without effect misleads. */
final class KnownSettings {
    /** More typing mistakes than this are another word. */
    private static final int SLIPS = 3;

    private static final Kind COUNT = new Kind("a whole number from 1", text -> Integer.parseInt(text) >= 1);
    private static final Kind COUNT_OR_NONE = new Kind("a whole number from 0", text -> Integer.parseInt(text) >= 0);
    private static final Kind RATE = new Kind("a number above 0", text -> Double.parseDouble(text) > 0);
    private static final Kind MEBIBYTES = new Kind("a number of MiB from 1", text -> Long.parseLong(text) >= 1);
    private static final Kind TIME = new Kind(
            "a time above 0 such as 30s or 5m", text -> Values.duration(text).isPositive());
    private static final Kind PAUSE = new Kind(
            "a time such as 0, 30s or 5m", text -> !Values.duration(text).isNegative());
    private static final Kind PAUSES = new Kind(
            "times such as 1s,5s,30s",
            text -> Arrays.stream(text.split(",")).map(Values::duration).noneMatch(Duration::isNegative));
    private static final Kind PORT = new Kind(
            "a port from 1 to 65535 (0: any free one)",
            text -> Integer.parseInt(text) >= 0 && Integer.parseInt(text) <= 65535);
    private static final Kind TIME_OF_DAY =
            new Kind("a time of day such as 03:30", text -> LocalTime.parse(text) != null);
    private static final Kind ADDRESS = new Kind("a name or an address of this machine", text -> !text.contains("/"));
    private static final Kind URL = new Kind(
            "an address such as https://photos.example.org",
            text -> List.of("http", "https").contains(URI.create(text).getScheme()));
    private static final Kind PERSON = new Kind("a name without slashes", text -> !text.contains("/"));
    private static final Kind TEXT = new Kind("a text", text -> true);
    private static final Kind FOLDER = new Kind("a folder that is there", text -> Files.isDirectory(Path.of(text)));
    private static final Kind CONFIDENCE =
            new Kind("a number from 0 to 1", text -> Double.parseDouble(text) >= 0 && Double.parseDouble(text) <= 1);
    private static final Kind FILE = new Kind("a file that is there", text -> Files.isRegularFile(Path.of(text)));
    private static final Kind SWITCH = oneOf("on", "off");

    private static final Map<String, Kind> ALL = all();

    /** What a value must be, in words for people, and whether one is; a throw means no. */
    private record Kind(String wanted, Predicate<String> accepts) {
        boolean takes(String value) {
            try {
                return accepts.test(value);
            } catch (RuntimeException notEvenReadable) {
                return false;
            }
        }
    }

    private KnownSettings() {}

    private static Map<String, Kind> all() {
        Map<String, Kind> all = new TreeMap<>();
        all.put("host", ADDRESS);
        all.put("port", PORT);
        all.put("store", oneOf("versitygw", "minio"));
        all.put("store.port", PORT);
        all.put("store.public", URL);
        all.put("owner", PERSON);
        all.put("idle", TIME);
        for (String function : List.of("api", "postprocessor", "ai")) {
            all.put(function + ".idle", TIME);
            all.put(function + ".heap", MEBIBYTES);
            all.put(function + ".memory", MEBIBYTES);
            all.put(function + ".concurrency", COUNT);
            all.put(function + ".queue", COUNT);
            all.put(function + ".start", TIME);
        }
        all.put("postprocessor.backfill", COUNT);
        all.put("ai.backfill", COUNT);
        all.put("ai.ahead", SWITCH);
        all.put("ai.device", oneOf("auto", "cpu", "cuda"));
        all.put("ai.labels.floor", CONFIDENCE);
        all.put("ai.objects.floor", CONFIDENCE);
        all.put("ai.words", FOLDER);
        all.put("vision", oneOf("local", "rekognition", "google"));
        all.put("vision.region", TEXT);
        all.put("vision.endpoint", URL);
        all.put("vision.keys", FILE);
        all.put("vision.pictures", COUNT_OR_NONE);
        all.put("vision.rate", RATE);
        all.put("vision.spent", oneOf("local", "wait"));
        all.put("retry.attempts", COUNT);
        all.put("retry.delays", PAUSES);
        all.put("work.limit", TIME);
        all.put("edge.body", MEBIBYTES);
        all.put("edge.patience", TIME);
        all.put("edge.rate", COUNT);
        all.put("edge.burst", COUNT);
        all.put("edge.addressRate", COUNT);
        all.put("edge.addressBurst", COUNT);
        all.put("edge.pages", FOLDER);
        all.put("edge.web", SWITCH);
        all.put("identity.issuer", URL);
        for (String claim : List.of("audience", "clientId", "scope", "subject", "groups", "attributes")) {
            all.put("identity." + claim, TEXT);
        }
        all.put("login.rate", COUNT);
        all.put("login.burst", COUNT);
        all.put("login.addressBurst", COUNT);
        all.put("share.rate", COUNT);
        all.put("share.burst", COUNT);
        all.put("share.addressBurst", COUNT);
        all.put("database.linger", PAUSE);
        all.put("custodian.heap", MEBIBYTES);
        all.put("sweep.at", TIME_OF_DAY);
        all.put("rehearsal", SWITCH);
        all.put("tls", oneOf("off", "own"));
        all.put("tls.names", TEXT);
        all.put("tls.certificate", FILE);
        all.put("tls.key", FILE);
        all.put("traces", URL);
        return all;
    }

    private static Kind oneOf(String... values) {
        return new Kind(String.join(" or ", values), List.of(values)::contains);
    }

    /**
     * @param asWritten what the person sees of it, such as {@code --port} or {@code --set idle}
     * @throws Mistake when there is no such setting, or it can't have this value
     */
    static void check(String name, String value, String asWritten) throws Mistake {
        Kind kind = ALL.get(name);
        if (kind == null) {
            throw new Mistake(asWritten + ": there is no such setting."
                    + closest(name).map(known -> " Did you mean " + known + "?").orElse("")
                    + " All of them: docs/configuration.md.");
        }
        if (value.isBlank() || !kind.takes(value.strip())) {
            throw new Mistake(
                    asWritten + " must be " + kind.wanted() + ", not " + (value.isBlank() ? "empty" : value.strip()));
        }
    }

    private static Optional<String> closest(String name) {
        return ALL.keySet().stream()
                .filter(known -> distance(name, known) <= SLIPS)
                .min(Comparator.comparingInt(known -> distance(name, known)));
    }

    /** Levenshtein's: letters to add, drop or replace. */
    private static int distance(String one, String other) {
        int[] row = new int[other.length() + 1];
        Arrays.setAll(row, i -> i);
        for (int i = 1; i <= one.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= other.length(); j++) {
                int replaced = diagonal + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[other.length()];
    }
}
