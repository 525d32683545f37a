package dev.memoir.runner.fake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.memoir.events.EventPublisher;
import dev.memoir.events.Lane;
import dev.memoir.events.ObjectEvents;
import dev.memoir.events.ObjectHint;
import dev.memoir.events.Subjects;
import dev.memoir.parts.Parts;
import dev.memoir.runner.OneMachine;
import dev.memoir.runner.Settings;
import io.nats.client.Connection;
import io.nats.client.Nats;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;

/** A whole Memoir on one machine with real parts and fake functions, in a folder of its own. */
public final class House implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path folder;
    private final HttpClient http = HttpClient.newHttpClient();
    private OneMachine memoir;

    private House(Path folder) {
        this.folder = folder;
    }

    /** Not started yet. */
    public static House in(Path folder) throws IOException {
        House house = new House(folder);
        for (String function : List.of("api", "postprocessor", "ai")) {
            jar(house.dist().resolve(function).resolve("quarkus-run.jar"), FakeFunction.class);
        }
        jar(house.dist().resolve("custodian/memoir-custodian.jar"), FakeCustodian.class);
        jar(house.dist().resolve("runner/memoir-runner.jar"), dev.memoir.runner.Runner.class);
        return house;
    }

    /** A jar that starts a class of this test. */
    public static Path jar(Path file, Class<?> main) throws IOException {
        Manifest manifest = new Manifest();
        Attributes attributes = manifest.getMainAttributes();
        attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        attributes.put(Attributes.Name.MAIN_CLASS, main.getName());
        attributes.put(
                Attributes.Name.CLASS_PATH,
                Arrays.stream(System.getProperty("java.class.path").split(":"))
                        .map(entry -> Path.of(entry).toUri().toString())
                        .collect(Collectors.joining(" ")));
        Files.createDirectories(file.getParent());
        try (OutputStream out = Files.newOutputStream(file);
                JarOutputStream jar = new JarOutputStream(out, manifest)) {
            jar.finish();
        }
        return file;
    }

    public Path dist() {
        return folder.resolve("dist");
    }

    public Path data() {
        return folder.resolve("data");
    }

    /** As on the command line. */
    public String[] arguments(String... more) {
        List<String> all = new ArrayList<>(List.of(
                "--data",
                data().toString(),
                "--parts-cache",
                Parts.cache().toString(),
                "--dist",
                dist().toString(),
                "--port",
                "0",
                "--store-port",
                "0",
                "--no-rehearsal",
                "--set",
                "retry.delays=50ms"));
        all.addAll(List.of(more));
        return all.toArray(String[]::new);
    }

    public House start(String... more) throws Exception {
        memoir = OneMachine.start(Settings.of(arguments(more)), () -> {}, begun -> {});
        return this;
    }

    public OneMachine memoir() {
        return memoir;
    }

    @Override
    public void close() {
        if (memoir != null) {
            memoir.stop();
        }
    }

    /** What a program has written down, line by line. */
    public List<String> journal(String program) throws IOException {
        Path file = data().resolve("run").resolve("journal-" + program);
        return Files.exists(file) ? Files.readAllLines(file) : List.of();
    }

    /** How often the function has been started. */
    public long starts(String function) throws IOException {
        return journal(function).stream().filter("start"::equals).count();
    }

    /** A switch that the fake functions look at. */
    public void flag(String name, boolean on) throws IOException {
        Path file = data().resolve("run").resolve(name);
        Files.createDirectories(file.getParent());
        if (on) {
            Files.writeString(file, "");
        } else {
            Files.deleteIfExists(file);
        }
    }

    /** As versitygw tells it. */
    public void storeSays(String eventName, String bucket, String key) throws Exception {
        publishRaw("""
                {"Records":[{"eventVersion":"2.2","eventSource":"aws:s3","awsRegion":"us-east-1",
                "eventTime":"2026-11-22T10:00:00Z","eventName":"s3:%s","userIdentity":{"principalId":"x"},
                "s3":{"s3SchemaVersion":"1.0","configurationId":"vgw-global","bucket":{"name":"%s","ownerIdentity":
                {"principalId":""},"arn":"arn:aws:s3:::/%s/%s"},"object":{"key":"%s","size":3,"eTag":"\\"e\\"",
                "versionId":null,"sequencer":"0001"}}}]}""".formatted(eventName, bucket, bucket, key, key));
    }

    @SuppressWarnings("try") // closing may be interrupted
    public void publishRaw(String message) throws Exception {
        try (Connection connection = connect()) {
            connection.jetStream().publish(Subjects.STORE, message.getBytes(StandardCharsets.UTF_8));
        }
    }

    /** As a sweep does it. */
    @SuppressWarnings("try") // closing may be interrupted
    public void publish(Lane lane, String key) throws Exception {
        try (Connection connection = connect()) {
            new EventPublisher(connection)
                    .publish(
                            lane,
                            Subjects.OBJECT,
                            ObjectEvents.swept(new ObjectHint(
                                    "originals", key, Optional.empty(), Optional.empty(), Optional.empty())));
        }
    }

    private Connection connect() throws Exception {
        return Nats.connect(memoir.machine().queueUrl());
    }

    /** The admin's answer. */
    public JsonNode admin(String method, String path) throws Exception {
        JsonNode runner = JSON.readTree(data().resolve("run/runner.json").toFile());
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create(runner.path("admin").asText() + path))
                .header("Authorization", "Bearer " + runner.path("adminToken").asText())
                .method(method, HttpRequest.BodyPublishers.noBody())
                .build();
        return JSON.readTree(
                http.send(request, HttpResponse.BodyHandlers.ofByteArray()).body());
    }

    public JsonNode status() throws Exception {
        return admin("GET", "/status");
    }

    public String state(String function) throws Exception {
        return status().path("functions").path(function).path("state").asText();
    }

    public String token() throws Exception {
        return admin("POST", "/token?user=anna&hours=1").path("token").asText();
    }

    public HttpResponse<String> graphql(Optional<String> token, String body) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(memoir.address() + "/graphql"))
                .POST(HttpRequest.BodyPublishers.ofString(body));
        token.ifPresent(t -> request.header("Authorization", "Bearer " + t));
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    public HttpResponse<String> get(String path, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(memoir.address() + path));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
}
