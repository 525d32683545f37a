package dev.memoir.operator.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;

/** The web client, served by the edge. */
public record Web(
        @JsonPropertyDescription("Whether the edge serves it. Any static host can.") @Default("true")
        Boolean enabled) {}
