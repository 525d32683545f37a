package dev.memoir.operator.desired;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.memoir.operator.api.MemoirInstance;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * A folder of golden files: {@code in-instance.yaml} and {@code in-given.yaml} go in, one {@code out-KIND-NAME.yaml} for each
 * object comes out.
 */
public record Example(Path folder) {
    private static final Path ALL = Path.of("src/test/resources/dev/memoir/operator/desired");
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final Path DEFINITION = Path.of("../crds/memoirinstances.memoir.dev-v1.yml");
    private static final ObjectMapper YAML = YAMLMapper.builder()
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
            .build();

    public static Stream<Example> all() throws IOException {
        try (Stream<Path> folders = Files.list(ALL)) {
            return folders.sorted().map(Example::new).toList().stream();
        }
    }

    /** With the defaults that the API server fills in. */
    public MemoirInstance instance() throws IOException {
        JsonNode written = YAML.readTree(folder.resolve("in-instance.yaml").toFile());
        JsonNode schema =
                YAML.readTree(DEFINITION.toFile()).at("/spec/versions/0/schema/openAPIV3Schema/properties/spec");
        defaults(schema, written.get("spec"));
        MemoirInstance instance = YAML.treeToValue(written, MemoirInstance.class);
        instance.getMetadata().setUid("00000000-0000-0000-0000-000000000000");
        instance.getMetadata().setGeneration(1L);
        return instance;
    }

    private static void defaults(JsonNode schema, JsonNode value) {
        if (!(value instanceof ObjectNode object)) {
            return;
        }
        schema.path("properties").properties().forEach(property -> {
            JsonNode usual = property.getValue().path("default");
            if (!object.has(property.getKey()) && !usual.isMissingNode()) {
                object.set(property.getKey(), usual.deepCopy());
            }
            defaults(property.getValue(), object.path(property.getKey()));
        });
    }

    /** What the operator would know. */
    public Given given() throws IOException {
        JsonNode said = YAML.readTree(folder.resolve("in-given.yaml").toFile());
        Optional<Capabilities.Knative> knative = Optional.of(said.path("knative"))
                .filter(JsonNode::isObject)
                .map(there -> new Capabilities.Knative(
                        Duration.ofSeconds(there.path("timeoutCap").asLong()),
                        there.path("startsAtZero").asBoolean(),
                        features(there.path("features"))));
        Map<String, String> secrets = new TreeMap<>();
        said.path("secrets")
                .properties()
                .forEach(
                        secret -> secrets.put(secret.getKey(), secret.getValue().asText()));
        return new Given(
                Images.of("registry.example.org/memoir", "1.2.3"),
                new Capabilities(
                        knative,
                        said.path("keda").asBoolean(),
                        said.path("podMonitors").asBoolean(),
                        Optional.empty(),
                        Optional.empty()),
                secrets,
                "{\"keys\":[]}",
                Optional.of("https://login.example.org/keys"),
                said.path("onProcessors").asBoolean());
    }

    private static Set<String> features(JsonNode listed) {
        Set<String> features = new TreeSet<>();
        listed.forEach(feature -> features.add(feature.asText()));
        return features;
    }

    /** Everything that the phases apply, in their order. */
    public List<HasMetadata> desired() throws IOException {
        MemoirInstance instance = instance();
        Given given = given();
        AtomicInteger counter = new AtomicInteger();
        List<HasMetadata> all = new ArrayList<>();
        all.add(Credentials.complete(instance, Map.of(), () -> "random-" + counter.incrementAndGet()));
        all.addAll(certificates(instance));
        all.add(Trust.account(instance));
        all.add(Trust.keys(instance, given));
        all.addAll(BackingParts.of(instance, given));
        all.add(CustodianJobs.setup(instance, given));
        all.addAll(FunctionServices.of(instance, given));
        all.addAll(RunnerEdge.of(instance, given));
        all.addAll(GatewayConfiguration.of(instance, given).stream().toList());
        all.addAll(CustodianJobs.schedules(instance, given));
        all.addAll(CustodianJobs.lookForFaces(instance, given).stream().toList());
        all.addAll(NetworkRules.of(instance));
        all.addAll(PrePull.of(instance, given));
        return all;
    }

    /** Those that nobody can compare, since every key is another one, stand for themselves. */
    private static List<HasMetadata> certificates(MemoirInstance instance) {
        CertificateMaker maker = new CertificateMaker() {
            @Override
            public Pair authority(String name, Optional<Pair> before, Validity validity) {
                return new Pair("certificate of " + name, "key of " + name);
            }

            @Override
            public Pair server(String name, List<String> hosts, Pair authority, Validity validity) {
                return new Pair("certificate of " + name + " for " + String.join(" ", hosts), "key of " + name);
            }
        };
        Secret authority = Certificates.authority(instance, Map.of(), NOW, maker);
        List<HasMetadata> all = new ArrayList<>(List.of(authority));
        Certificates.servers(instance)
                .forEach(server -> all.add(Certificates.server(instance, server, authority, Map.of(), NOW, maker)));
        return all;
    }

    /** The files that this should be, by name. */
    Map<String, String> rendered() throws IOException {
        Map<String, String> files = new TreeMap<>();
        for (HasMetadata object : desired()) {
            String group = object.getApiVersion().startsWith("serving.knative.dev/") ? "knative-" : "";
            String name = "out-" + group + object.getKind().toLowerCase(Locale.ROOT) + "-"
                    + object.getMetadata().getName() + ".yaml";
            if (files.put(name, YAML.writeValueAsString(object)) != null) {
                throw new IllegalStateException("two objects are " + name);
            }
        }
        return files;
    }

    /** The files that are there, by name. */
    Map<String, String> committed() throws IOException {
        Map<String, String> files = new TreeMap<>();
        try (Stream<Path> all = Files.list(folder)) {
            all.filter(file -> !file.getFileName().toString().startsWith("in-"))
                    .forEach(file -> files.put(file.getFileName().toString(), read(file)));
        }
        return files;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String toString() {
        return folder.getFileName().toString();
    }
}
