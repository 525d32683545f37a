package dev.memoir.operator.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;

/** GPUs for the AI, and what to do without them. */
public record Gpu(
        @JsonPropertyDescription("How many a pod takes.") @Default("1") @Min(1) @Max(8)
        Integer count,

        @JsonPropertyDescription("What the nodes call them.")
        @Default("nvidia.com/gpu")
        @Pattern("^[a-z0-9.-]+/[A-Za-z0-9._-]+$")
        String resource,

        @JsonPropertyDescription("The runtime class that makes them visible in a container, where one is needed.")
        String runtimeClass,

        @JsonPropertyDescription(
                "Whether its nodes come and go at short notice: then nothing wakes one at the installation, and a"
                        + " node that is taken away costs a redelivery.")
        @Default("false")
        Boolean spot,

        @JsonPropertyDescription(
                "What happens while none is free: Wait leaves photos without labels until there is one, Cpu looks at"
                        + " them slowly, on any node, and asks for a GPU again after an hour.")
        @Default("Wait")
        WhenNone whenNone,

        @JsonPropertyDescription("After how many minutes without one whenNone: Cpu begins.")
        @Default("10")
        @Min(1)
        @Max(1440)
        Integer patienceMinutes) {

    /** What to do while no GPU is free. */
    public enum WhenNone {
        Wait,
        Cpu
    }
}
