package dev.memoir.operator.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.crd.generator.annotation.PrinterColumn;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.List;

/** How the instance does, coarsely: what changes by the second is a metric. */
public record MemoirInstanceStatus(
        @JsonPropertyDescription("Where people find it.") @PrinterColumn(name = "URL")
        String url,

        @JsonPropertyDescription("The version of the programs that serve.") @PrinterColumn(name = "Version")
        String version,

        @JsonPropertyDescription("The generation of the spec that this speaks of.")
        Long observedGeneration,

        @JsonPropertyDescription("Each function's state and image.")
        List<FunctionState> functions,

        @JsonPropertyDescription("On what the AI runs; only where a GPU is wished for.")
        AiDevice aiDevice,

        @JsonPropertyDescription("What waits in the queue, rounded.")
        Long queueLag,

        @JsonPropertyDescription("Events that were given up.") @PrinterColumn(name = "Dead")
        Long deadLetters,

        @JsonPropertyDescription("The last sweep that came to its end.")
        LastSweep lastSweep,

        @JsonPropertyDescription("What is so and what isn't, with a reason and the next command.")
        List<Condition> conditions) {

    /** Whether a function sleeps. */
    public enum State {
        Asleep,
        Waking,
        Awake,
        Failing
    }

    public record FunctionState(
            @JsonPropertyDescription("api, postprocessor or ai.")
            String name,

            @JsonPropertyDescription("Asleep, Waking, Awake or Failing.")
            State state,

            @JsonPropertyDescription("What it runs.") String image,

            @JsonPropertyDescription("What its pod waits for, or why it does not start.")
            String message) {}

    public record LastSweep(
            @JsonPropertyDescription("When it ended (RFC 3339).")
            String finished,

            @JsonPropertyDescription("How many objects of the bucket it has looked at: all that there were.")
            Long objects,

            @JsonPropertyDescription("How many of them were missing or behind, and went to the functions again.")
            Long sentAgain) {}

    /** On what a function computes. */
    public enum Device {
        Gpu,
        Cpu
    }

    public record AiDevice(
            @JsonPropertyDescription("Gpu, or Cpu for a while when none could be had.")
            Device device,

            @JsonPropertyDescription("Since when (RFC 3339).")
            String since) {}
}
