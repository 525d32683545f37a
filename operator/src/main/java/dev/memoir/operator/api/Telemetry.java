package dev.memoir.operator.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;

/** What is told to those who watch over the cluster. */
public record Telemetry(
        @JsonPropertyDescription(
                "The OpenTelemetry collector that the way of each event is told to, by OTLP over HTTP, such as"
                        + " http://collector.observability:4318. Left out, nothing is told.")
        @Pattern("^https?://[^/]+/?$")
        String traces) {}
