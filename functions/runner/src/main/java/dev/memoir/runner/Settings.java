package dev.memoir.runner;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;

/**
 * What a person may decide: the paths by options, the rest by {@code memoir.properties} in the data folder or by
 * {@code --set NAME=VALUE}, which wins.
 *
 * @param data the library's folder on this machine
 * @param partsCache where the pinned parts are installed
 * @param dist the built programs
 * @param host address that edge and store listen on
 * @param port of the edge; empty: 7700 or any free one
 * @param storePort of the store; empty: 7701 or any free one
 * @param store {@code versitygw} or {@code minio}
 * @param rehearsal whether AOT caches are made in the background
 * @param values everything else by name
 */
public record Settings(
        Path data,
        Path partsCache,
        Path dist,
        String host,
        Optional<Integer> port,
        Optional<Integer> storePort,
        String store,
        boolean rehearsal,
        Values values) {

    /** The file in the data folder. */
    public static final String FILE = "memoir.properties";

    private static final String USAGE = """
            usage: java -jar memoir-runner.jar --data DIR --parts-cache DIR --dist DIR
                     [--host H] [--port P] [--store-port P] [--idle SECONDS] [--store versitygw|minio]
                     [--tls own | --tls-cert FILE --tls-key FILE] [--no-rehearsal] [--set NAME=VALUE]...""";

    /** A mistake of whoever started the runner. */
    public static final class Mistake extends Exception {
        public Mistake(String message) {
            super(message);
        }
    }

    /** Reads the command line, and the file in the data folder it names. */
    public static Settings of(String... arguments) throws Mistake {
        Map<String, String> options = new TreeMap<>();
        Map<String, String> set = new TreeMap<>();
        boolean rehearsal = true;
        for (int i = 0; i < arguments.length; i++) {
            String option = arguments[i];
            if (option.equals("--no-rehearsal")) {
                rehearsal = false;
                continue;
            }
            if (!SETTING_OF_OPTION.containsKey(option) && !OTHER_OPTIONS.contains(option)) {
                throw new Mistake("unknown option " + option + "\n" + USAGE);
            }
            if (++i == arguments.length) {
                throw new Mistake(option + " needs a value\n" + USAGE);
            }
            if (option.equals("--set")) {
                Values.put(set, arguments[i]);
            } else {
                options.put(option, arguments[i]);
            }
        }
        Path data = path(options, "--data");
        Map<String, String> values = file(data.resolve(FILE));
        values.putAll(set);
        for (var option : SETTING_OF_OPTION.entrySet()) {
            if (options.containsKey(option.getKey())) {
                KnownSettings.check(option.getValue(), options.get(option.getKey()), option.getKey());
                values.put(option.getValue(), options.get(option.getKey()));
            }
        }
        return new Settings(
                data,
                path(options, "--parts-cache"),
                path(options, "--dist"),
                values.getOrDefault("host", "127.0.0.1").strip(),
                port(values, "port"),
                port(values, "store.port"),
                values.getOrDefault("store", "versitygw").strip(),
                rehearsal
                        && !"off".equals(values.getOrDefault("rehearsal", "on").strip()),
                new Values(values));
    }

    /** Options that are settings with a name of their own. */
    private static final Map<String, String> SETTING_OF_OPTION = Map.of(
            "--host", "host",
            "--port", "port",
            "--store-port", "store.port",
            "--idle", "idle",
            "--store", "store",
            "--tls", "tls",
            "--tls-cert", "tls.certificate",
            "--tls-key", "tls.key");

    private static final List<String> OTHER_OPTIONS = List.of("--data", "--parts-cache", "--dist", "--set");

    private static Path path(Map<String, String> options, String name) throws Mistake {
        String value = options.get(name);
        if (value == null) {
            throw new Mistake(name + " is missing\n" + USAGE);
        }
        return Path.of(value).toAbsolutePath().normalize();
    }

    private static Optional<Integer> port(Map<String, String> values, String name) {
        return Optional.ofNullable(values.get(name)).map(String::strip).map(Integer::valueOf);
    }

    private static Map<String, String> file(Path file) throws Mistake {
        Map<String, String> values = new TreeMap<>();
        if (Files.exists(file)) {
            Properties properties = new Properties();
            try (var reader = Files.newBufferedReader(file)) {
                properties.load(reader);
            } catch (IOException | IllegalArgumentException e) {
                throw new Mistake("can't read " + file + ": " + e.getMessage());
            }
            for (String name : properties.stringPropertyNames()) {
                KnownSettings.check(name, properties.getProperty(name), name + " in " + file);
                values.put(name, properties.getProperty(name));
            }
        }
        return values;
    }
}
