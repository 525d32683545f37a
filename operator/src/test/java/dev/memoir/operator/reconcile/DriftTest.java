package dev.memoir.operator.reconcile;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DriftTest {
    @Test
    void whatTheClusterHasAddedIsNoDifference() throws IOException {
        assertEquals(
                Optional.empty(),
                drift(
                        "{spec: {replicas: 1, template: {spec: {containers: [{name: a, image: x}]}}}}",
                        "{spec: {replicas: 1, strategy: {type: RollingUpdate}, template: {spec: {containers:"
                                + " [{image: x, name: a, imagePullPolicy: Always}], dnsPolicy: ClusterFirst}}},"
                                + " status: {replicas: 1}}"));
    }

    @Test
    void whatIsOtherOrMissingIsNamedByItsPath() throws IOException {
        assertEquals(Optional.of("spec.replicas"), drift("{spec: {replicas: 1}}", "{spec: {replicas: 2}}"));
        assertEquals(
                Optional.of("metadata.labels.a"),
                drift("{metadata: {labels: {a: b}}}", "{metadata: {labels: {c: d}}}"));
        assertEquals(Optional.of("spec"), drift("{spec: {replicas: 1}}", "{}"));
        assertEquals(
                Optional.of("env[1].value"),
                drift(
                        "{env: [{name: A, value: a}, {name: B, value: b}]}",
                        "{env: [{name: B, value: c}, {name: A, value: a}]}"));
    }

    @Test
    void anElementTooManyIsADifference() throws IOException {
        assertEquals(
                Optional.of("env"), drift("{env: [{name: A, value: a}]}", "{env: [{name: A, value: a}, {name: B}]}"));
        assertEquals(Optional.of("args[0]"), drift("{args: [one, two]}", "{args: [two, one]}"));
    }

    @Test
    void elementsThatShareANameAreComparedByTheirPlace() throws IOException {
        String mounts = "{mounts: [{name: data, path: /a}, {name: data, path: /b}]}";
        assertEquals(Optional.empty(), drift(mounts, mounts));
        assertEquals(
                Optional.of("mounts[1].path"),
                drift(mounts, "{mounts: [{name: data, path: /a}, {name: data, path: /c}]}"));
    }

    @Test
    void quantitiesAreComparedByTheirAmountAndEmptinessIsNothing() throws IOException {
        assertEquals(
                Optional.empty(), drift("{limits: {cpu: 1000m, memory: 1Gi}}", "{limits: {cpu: '1', memory: 1024Mi}}"));
        assertEquals(Optional.of("limits.memory"), drift("{limits: {memory: 1Gi}}", "{limits: {memory: 1G}}"));
        assertEquals(Optional.empty(), drift("{labels: {}, ports: [], name: ''}", "{}"));
    }

    private static Optional<String> drift(String desired, String live) throws IOException {
        return Drift.between(yaml(desired), yaml(live));
    }

    private static JsonNode yaml(String text) throws IOException {
        return new YAMLMapper().readTree(text);
    }
}
