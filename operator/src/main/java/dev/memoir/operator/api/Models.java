package dev.memoir.operator.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;

/** Weights are taken from the derived bucket, where the setup puts them. */
public record Models(
        @JsonPropertyDescription(
                "The image that the setup takes them from. Left out, the one of the operator's version.")
        String image) {}
