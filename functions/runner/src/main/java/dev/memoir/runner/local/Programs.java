package dev.memoir.runner.local;

import dev.memoir.parts.Part;
import dev.memoir.parts.Parts;
import dev.memoir.runner.Settings;
import dev.memoir.runner.database.Postgres;
import dev.memoir.runner.edge.InsideDoor;
import dev.memoir.runner.hosts.Java;
import dev.memoir.runner.hosts.LocalFunction;
import dev.memoir.runner.processes.Launch;
import dev.memoir.store.FreeSpace;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** How the built programs are started on this machine: their flags, limits and environment. */
public final class Programs {
    /** What is to know before a function can be started. */
    record Addresses(String store, String publicStore, String database, String queue) {}

    /** MiB; a hundred thousand faces, held twice, are a hundred. */
    private static final int GROUPING_HEAP = 512;

    /** Comparing all faces with all is the one work that C2 makes several times as fast. */
    private static final List<String> OPTIMISED = List.of("-XX:TieredStopAtLevel=4");

    private static final List<String> FUNCTIONS = List.of("api", "postprocessor", "ai");

    private final Settings settings;
    private final DataFolder folder;
    private final Parts parts;
    private final Secrets secrets;
    private final Addresses addresses;
    private final FreeSpace space;
    private final Map<String, String> identity;
    private final Map<String, Function<List<String>, Launch>> starters = new HashMap<>();
    private volatile Map<String, String> inside = Map.of();

    Programs(
            Settings settings,
            DataFolder folder,
            Parts parts,
            Secrets secrets,
            Addresses addresses,
            Map<String, String> identity) {
        this.settings = settings;
        this.folder = folder;
        this.parts = parts;
        this.secrets = secrets;
        this.addresses = addresses;
        this.identity = identity;
        this.space = new FreeSpace(folder.root());
    }

    /** @throws Settings.Mistake when the program is missing */
    public Path jar(String name) throws Settings.Mistake {
        Path jar = settings.dist()
                .resolve(name)
                .resolve(FUNCTIONS.contains(name) ? "quarkus-run.jar" : "memoir-" + name + ".jar");
        if (!Files.isRegularFile(jar)) {
            throw new Settings.Mistake("the program " + name + " is missing: there is no " + jar
                    + ". Build it (memoir up does), or name another folder with --dist.");
        }
        return jar;
    }

    /** From now on the API is told where it reaches the other functions. */
    public void inside(URI address) {
        inside = Map.of("MEMOIR_WORDS_URL", address.resolve(InsideDoor.WORDS).toString());
    }

    /** Where the AOT cache of a program lies. */
    public Path cache(String name) {
        return settings.dist().resolve(name).resolve("app.aot");
    }

    LocalFunction api() throws Settings.Mistake {
        Map<String, String> environment = common();
        role(environment, "memoir_api", secrets.database().api());
        environment.put("MEMOIR_NATS_URL", addresses.queue());
        environment.putAll(identity);
        // It mostly reads, and people want to see their photos most when there is no room for more.
        return function("api", 192, 32, 768, Duration.ofSeconds(30), environment, Optional::empty);
    }

    LocalFunction postprocessor() throws Settings.Mistake {
        Map<String, String> environment = common();
        role(environment, "memoir_ingest", secrets.database().ingest());
        environment.put("MEMOIR_SCRATCH", folder.scratch().toString());
        parts.find(Part.LIBVIPS).ifPresent(path -> environment.put("MEMOIR_LIBVIPS", path.toString()));
        parts.find(Part.FFMPEG).ifPresent(path -> {
            environment.put("MEMOIR_FFMPEG", path.toString());
            environment.put("MEMOIR_FFPROBE", path.resolveSibling("ffprobe").toString());
        });
        return function("postprocessor", 384, 2, 2048, Duration.ofSeconds(30), environment, space::shortage);
    }

    LocalFunction ai() throws Settings.Mistake {
        Map<String, String> environment = common();
        role(environment, "memoir_ingest", secrets.database().ingest());
        environment.put("MEMOIR_MODELS_CACHE", folder.models().toString());
        environment.put("MEMOIR_AI_DEVICE", settings.values().text("ai.device", "auto"));
        floor(environment, "MEMOIR_LABELS_FLOOR", "ai.labels.floor");
        floor(environment, "MEMOIR_OBJECTS_FLOOR", "ai.objects.floor");
        parts.find(Part.LIBVIPS).ifPresent(path -> environment.put("MEMOIR_LIBVIPS", path.toString()));
        environment.putAll(VisionSettings.environment(settings.values()));
        return function("ai", 768, 1, 3072, Duration.ofSeconds(90), environment, space::shortage);
    }

    /** Without the setting the model catalogue says it. */
    private void floor(Map<String, String> environment, String variable, String setting) {
        String floor = settings.values().text(setting, "");
        if (!floor.isEmpty()) {
            environment.put(variable, floor);
        }
    }

    private LocalFunction function(
            String name,
            int heap,
            int concurrency,
            int memory,
            Duration start,
            Map<String, String> environment,
            Supplier<Optional<String>> obstacle)
            throws Settings.Mistake {
        Path jar = jar(name);
        int heapMib = settings.values().number(name + ".heap", heap);
        starters.put(name, flags -> new Launch(name, Java.command(jar, heapMib, flags), environment, folder.run()));
        return new LocalFunction(
                name,
                () -> launch(name, Java.cached(cache(name))).with(name.equals("api") ? inside : Map.of()),
                true,
                settings.values().number(name + ".concurrency", concurrency),
                settings.values().number(name + ".queue", 256),
                settings.values().mebibytes(name + ".memory", memory),
                settings.values().duration(name + ".start", start),
                settings.values().duration(name + ".idle", settings.values().duration("idle", Duration.ofSeconds(60))),
                obstacle);
    }

    /**
     * @param name of a function
     * @param flags more flags for its JVM
     */
    public Launch launch(String name, List<String> flags) {
        return starters.get(name).apply(flags);
    }

    /** The custodian may do all, since it makes and checks all. */
    Launch custodian(String command, List<String> arguments) throws Settings.Mistake {
        Map<String, String> environment = common();
        role(environment, "memoir_ingest", secrets.database().ingest());
        environment.put("MEMOIR_DB_OWNER_USER", Postgres.OWNER);
        environment.put("MEMOIR_DB_OWNER_PASSWORD", secrets.database().owner());
        environment.put("MEMOIR_DB_API_PASSWORD", secrets.database().api());
        environment.put("MEMOIR_DB_INGEST_PASSWORD", secrets.database().ingest());
        environment.put("MEMOIR_NATS_URL", addresses.queue());
        environment.put("MEMOIR_S3_UPLOADER", secrets.phone().access());
        environment.put("MEMOIR_STORE_KIND", settings.store());
        environment.put("MEMOIR_VISION", settings.values().text("vision", "local"));
        // The edge is reached by many names, and whoever has a signed address may use it from anywhere.
        environment.put("MEMOIR_WEB_ORIGINS", "*");
        parts.find(Part.MODELS).ifPresent(path -> environment.put("MEMOIR_MODELS_DIR", path.toString()));
        parts.find(Part.MODELS_OBJECTS).ifPresent(path -> environment.put("MEMOIR_OBJECT_MODELS_DIR", path.toString()));
        String words = settings.values().text("ai.words", "");
        if (!words.isEmpty()) {
            environment.put(
                    "MEMOIR_WORD_MODELS_DIR", Path.of(words).toAbsolutePath().toString());
        }
        parts.find(Part.MODELS_FACES).ifPresent(path -> environment.put("MEMOIR_FACE_MODELS_DIR", path.toString()));
        int heap = settings.values().number("custodian.heap", 256);
        boolean grouping = command.equals(Custodian.GROUPING);
        List<String> line = new ArrayList<>(Java.command(
                jar("custodian"),
                grouping ? Math.max(heap, GROUPING_HEAP) : heap,
                grouping ? OPTIMISED : Java.cached(cache("custodian"))));
        line.addAll(List.of(command.split(" ")));
        line.addAll(arguments);
        return new Launch("custodian", line, environment, folder.run());
    }

    private Map<String, String> common() {
        Map<String, String> environment = new HashMap<>();
        environment.put("MEMOIR_HOST", "127.0.0.1");
        environment.put("MEMOIR_DELIVERY_TOKEN", secrets.deliveryToken());
        environment.put("MEMOIR_S3_ENDPOINT", addresses.store());
        environment.put("MEMOIR_S3_PUBLIC_ENDPOINT", addresses.publicStore());
        environment.put("MEMOIR_S3_REGION", ObjectStore.REGION);
        environment.put("MEMOIR_S3_ACCESS_KEY", secrets.store().access());
        environment.put("MEMOIR_S3_SECRET_KEY", secrets.store().secret());
        environment.put("MEMOIR_S3_ORIGINALS", Machine.ORIGINALS);
        environment.put("MEMOIR_S3_DERIVED", Machine.DERIVED);
        environment.put("MEMOIR_DB_URL", addresses.database());
        environment.put("MEMOIR_DEFAULT_OWNER", settings.values().text("owner", "home"));
        return environment;
    }

    private static void role(Map<String, String> environment, String user, String password) {
        environment.put("MEMOIR_DB_USER", user);
        environment.put("MEMOIR_DB_PASSWORD", password);
    }
}
