package dev.memoir.operator.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import io.fabric8.kubernetes.api.model.Toleration;
import java.util.List;
import java.util.Map;

/** On which nodes a pod may run. */
public record Scheduling(
        @JsonPropertyDescription("Labels that a node must have.")
        Map<String, String> nodeSelector,

        @JsonPropertyDescription("Taints that don't keep it away.") @Size(max = 20)
        List<Toleration> tolerations,

        @JsonPropertyDescription("Its place in the queue when nodes are full.")
        String priorityClass) {}
