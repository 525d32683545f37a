package dev.memoir.runner.rehearsal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.memoir.events.EventTypes;
import dev.memoir.media.Claims;
import dev.memoir.runner.Settings;
import dev.memoir.runner.delivery.Outcome;
import dev.memoir.runner.delivery.Post;
import dev.memoir.runner.local.Machine;
import dev.memoir.runner.processes.Launch;
import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** What each program rehearses: the requests that it will be asked for first. */
public final class Roles {
    /** Named operations of the API, in its own jar; {@link Http#ask} has their variables. */
    static final String QUERIES = "rehearsal.graphql";

    private static final Logger LOG = System.getLogger(Roles.class.getName());
    private static final int ROUNDS = 20;
    private static final Pattern OPERATION = Pattern.compile("(?m)^\\s*(?:query|mutation)\\s+(\\w+)");
    private static final Claims NOBODY = new Claims("rehearsal", Set.of(), Map.of());
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Machine machine;
    private final Post post;
    private final Http http;

    public Roles(Machine machine, Post post, Http http) {
        this.machine = machine;
        this.post = post;
        this.http = http;
    }

    /** The runner itself is not among them: it starts once, and the cache would stay in its memory for good. */
    public List<Rehearsal.Role> all() throws Settings.Mistake {
        List<Rehearsal.Role> roles = new ArrayList<>();
        roles.add(function("api", this::queries));
        roles.add(function("postprocessor", this::events));
        roles.add(function("ai", this::events));
        return roles;
    }

    /**
     * The same in images that are being built: each program runs in its image's root, as it will there.
     *
     * @param environment besides the usual one
     */
    List<Rehearsal.Role> in(List<Root> roots, Map<String, String> environment) throws Settings.Mistake {
        List<Rehearsal.Role> roles = new ArrayList<>();
        for (Root root : roots) {
            Launch usual = machine.programs().launch(root.function(), List.of()).with(environment);
            roles.add(new Rehearsal.Role(
                    root.function(),
                    root.cache(),
                    root.launch(usual, machine.publicKeys()),
                    root.function().equals("api") ? this::queries : this::events));
        }
        return roles;
    }

    private Rehearsal.Role function(String name, Rehearsal.Script script) throws Settings.Mistake {
        Cache cache = cache(name);
        Launch launch = machine.programs().launch(name, List.of("-XX:AOTCacheOutput=" + cache.fresh()));
        return new Rehearsal.Role(name, cache, launch.named("rehearsal-" + name), script);
    }

    private Cache cache(String name) throws Settings.Mistake {
        return new Cache(machine.programs().cache(name), machine.programs().jar(name));
    }

    private void queries(URI address) throws IOException, InterruptedException {
        String token = machine.tokens().issue(NOBODY, Duration.ofMinutes(30));
        String document = document();
        List<String> operations = new ArrayList<>();
        Matcher matcher = OPERATION.matcher(document);
        while (matcher.find()) {
            operations.add(matcher.group(1));
        }
        for (int round = 0; round < ROUNDS; round++) {
            for (String operation : operations) {
                JsonNode answer = http.ask(address, token, document, Optional.of(operation));
                if (round == 0 && !answer.path("data").isObject()) {
                    LOG.log(Level.WARNING, "the rehearsed question {0} was not answered: {1}", operation, answer);
                }
            }
        }
    }

    private String document() throws IOException {
        List<Path> jars;
        try (var files = Files.list(machine.programs().jar("api").resolveSibling("app"))) {
            jars = files.filter(file -> file.toString().endsWith(".jar")).toList();
        } catch (Settings.Mistake e) {
            throw new IOException(e.getMessage(), e);
        }
        for (Path jar : jars) {
            try (ZipFile zip = new ZipFile(jar.toFile())) {
                ZipEntry entry = zip.getEntry(QUERIES);
                if (entry != null) {
                    return new String(zip.getInputStream(entry).readAllBytes(), StandardCharsets.UTF_8);
                }
            }
        }
        throw new IOException("no jar of the API holds " + QUERIES);
    }

    private void events(URI address) throws IOException, InterruptedException {
        for (int round = 0; round < ROUNDS; round++) {
            send(address, EventTypes.REHEARSE);
            send(address, EventTypes.PUT);
        }
    }

    /** A function does not know all types; that it refuses one is rehearsed too. */
    private void send(URI address, String type) throws IOException, InterruptedException {
        byte[] data = JSON.writeValueAsBytes(
                JSON.createObjectNode().put("bucket", Machine.ORIGINALS).put("key", "rehearsal/not-there.jpg"));
        CloudEvent event = CloudEventBuilder.v1()
                .withId(UUID.randomUUID().toString())
                .withSource(URI.create("urn:memoir:rehearsal"))
                .withType(type)
                .withSubject("rehearsal/not-there.jpg")
                .withDataContentType("application/json")
                .withData(data)
                .build();
        if (post.send(address, event) instanceof Outcome.NotAccepted notAccepted) {
            throw new IOException("it ended during the rehearsal: " + notAccepted.reason());
        }
    }
}
