package dev.memoir.operator.desired;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The manifests in {@code k8s/knative}, for people without the operator, say what the operator would make. Those of the
 * functions are rendered by their own builds; setup and runner are written by this test:
 * {@code mvn test -pl operator -am -Dsurefire.failIfNoSpecifiedTests=false -Dtest=PlainManifestsTest -Dplain.write=true}.
 */
class PlainManifestsTest {
    private static final Path MANIFESTS = Path.of("../k8s/knative");
    private static final Example EXAMPLE = new Example(Path.of("src/test/resources/dev/memoir/operator/plain"));
    private static final ObjectMapper YAML = YAMLMapper.builder()
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
            .enable(YAMLGenerator.Feature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
            .build();

    /** Written in by the operator; plain manifests take them from a configuration map, under the same names. */
    private static final Set<String> SETTINGS = Set.of(
            "MEMOIR_S3_ENDPOINT",
            "MEMOIR_S3_PUBLIC_ENDPOINT",
            "MEMOIR_S3_REGION",
            "MEMOIR_S3_ORIGINALS",
            "MEMOIR_S3_DERIVED",
            "MEMOIR_DB_URL",
            "MEMOIR_ISSUER",
            "MEMOIR_AUDIENCE");

    private static final String VISIBILITY = "networking.knative.dev/visibility";

    @ParameterizedTest
    @ValueSource(strings = {"api", "postprocessor", "ai"})
    void aFunctionsManifestSaysWhatTheOperatorMakes(String function) throws IOException {
        JsonNode rendered = YAML.readTree(MANIFESTS.resolve(function + ".yaml").toFile());
        ObjectNode made = plain(object("Service", "memoir-" + function));
        // Names and labels that neither Knative nor Memoir looks at. What the operator's objects are found by is not
        // needed.
        ((ObjectNode) made.at("/spec/template/spec/containers/0")).put("name", "memoir-" + function);
        assertEquals(text(withoutLabels(made)), text(withoutLabels(quarkus(rendered))));
    }

    @Test
    void whatElseIsNeededIsWhatTheOperatorMakes() throws IOException {
        assertWritten("setup.yaml", object("Job", "memoir-setup"));
        assertWritten(
                "runner.yaml",
                object("Deployment", "memoir-runner"),
                object("Service", "memoir-runner"),
                object("PodDisruptionBudget", "memoir-runner"));
        assertWritten("sweep.yaml", object("CronJob", "memoir-sweep"));
    }

    private static void assertWritten(String name, ObjectNode... objects) throws IOException {
        StringBuilder content = new StringBuilder();
        for (ObjectNode object : objects) {
            content.append(text(plain(object)));
        }
        if (Boolean.getBoolean("plain.write")) {
            Files.writeString(MANIFESTS.resolve(name), content);
        }
        assertEquals(Files.readString(MANIFESTS.resolve(name)), content.toString(), name);
    }

    private static String text(JsonNode object) throws IOException {
        return YAML.writeValueAsString(YAML.treeToValue(object, Object.class));
    }

    private static ObjectNode object(String kind, String name) throws IOException {
        JsonNode values =
                YAML.readTree(Path.of("../charts/memoir-operator/values.yaml").toFile());
        JsonNode chart =
                YAML.readTree(Path.of("../charts/memoir-operator/Chart.yaml").toFile());
        Given given = new Given(
                Images.of(
                        values.at("/images/prefix").asText(),
                        chart.path("appVersion").asText()),
                EXAMPLE.given().can(),
                EXAMPLE.given().secrets(),
                EXAMPLE.given().keys(),
                Optional.empty(),
                false);
        List<HasMetadata> all = Stream.of(
                        List.<HasMetadata>of(CustodianJobs.setup(EXAMPLE.instance(), given)),
                        FunctionServices.of(EXAMPLE.instance(), given),
                        RunnerEdge.of(EXAMPLE.instance(), given),
                        CustodianJobs.schedules(EXAMPLE.instance(), given))
                .flatMap(List::stream)
                .filter(object -> object.getKind().equals(kind)
                        && object.getMetadata().getName().startsWith(name))
                .toList();
        assertEquals(1, all.size(), kind + " " + name);
        ObjectNode object = YAML.valueToTree(all.getFirst());
        object.withObject("/metadata").put("name", name);
        return object;
    }

    /** As a person applies it who has no operator. */
    private static ObjectNode plain(ObjectNode made) {
        made.withObject("/metadata").remove(List.of("ownerReferences", "namespace"));
        for (ObjectNode labels : labels(made)) {
            labels.remove(Names.MANAGED_BY);
            if (labels.remove(Names.INSTANCE) != null) {
                labels.put("app.kubernetes.io/instance", "memoir");
            }
        }
        // Nobody watches the issuer's keys: whoever changes them restarts the pods.
        for (JsonNode annotated : made.findParents("annotations")) {
            ObjectNode annotations = annotated.withObject("/annotations");
            if (annotations.remove("memoir.dev/keys") != null && annotations.isEmpty()) {
                ((ObjectNode) annotated).remove("annotations");
            }
        }
        // The namespace's own account serves as well, since no pod takes its token.
        made.findParents("serviceAccountName").forEach(pod -> ((ObjectNode) pod).remove("serviceAccountName"));
        // The admin API's certificate is the operator's to make and renew: without one it serves without TLS.
        made.findValues("env")
                .forEach(variables -> ((ArrayNode) variables)
                        .removeIf(variable -> variable.path("name").asText().startsWith("MEMOIR_ADMIN_")));
        made.findValues("env").forEach(variables -> variables.forEach(variable -> given((ObjectNode) variable)));
        return made;
    }

    private static void given(ObjectNode variable) {
        String name = variable.path("name").asText();
        if (SETTINGS.contains(name)) {
            variable.remove("value");
            variable.withObject("/valueFrom/configMapKeyRef")
                    .put("name", "memoir-settings")
                    .put("key", name);
        } else if (name.equals("MEMOIR_NATS_URL")) {
            // It may have a password in it.
            variable.remove("value");
            variable.withObject("/valueFrom/secretKeyRef")
                    .put("name", "memoir-queue")
                    .put("key", "url");
        }
    }

    private static List<ObjectNode> labels(JsonNode object) {
        return Stream.of("labels", "matchLabels", "selector")
                .flatMap(field -> object.findValues(field).stream())
                .map(ObjectNode.class::cast)
                .toList();
    }

    /** What Quarkus adds of its own: defaults of Kubernetes written out, and its version. */
    private static JsonNode quarkus(JsonNode rendered) {
        rendered.findParents("app.quarkus.io/quarkus-version")
                .forEach(annotations -> ((ObjectNode) annotations).remove("app.quarkus.io/quarkus-version"));
        ((ObjectNode) rendered.path("metadata")).remove("annotations");
        ObjectNode container = (ObjectNode) rendered.at("/spec/template/spec/containers/0");
        container.remove("imagePullPolicy");
        ((ObjectNode) container.at("/ports/0")).remove("protocol");
        ObjectNode get = (ObjectNode) container.at("/readinessProbe/httpGet");
        get.remove("scheme");
        // It drops the port; Knative fills in the container's, which is the same.
        get.put("port", container.at("/ports/0/containerPort").asInt());
        return rendered;
    }

    private static JsonNode withoutLabels(JsonNode object) {
        for (ObjectNode labels : labels(object)) {
            labels.retain(VISIBILITY);
        }
        // Quarkus puts all labels on the pods as well.
        ((ObjectNode) object.at("/spec/template/metadata")).remove("labels");
        return object;
    }
}
