package dev.memoir.operator.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;

/** The programs that sleep until they are needed. */
public record Functions(
        @JsonPropertyDescription("Answers GraphQL.") @Default("{}")
        Function api,

        @JsonPropertyDescription("Takes in what comes into the bucket.") @Default("{}")
        Function postprocessor,

        @JsonPropertyDescription("Says what is to be seen.") @Default("{}")
        AiFunction ai,

        @JsonPropertyDescription(
                "Whether every node keeps their images, so that no cold start waits for one to be pulled. It costs a pod"
                        + " of about 1 MiB on each.")
        @Default("false")
        Boolean prePull) {}
