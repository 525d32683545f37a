package dev.memoir.api;

import org.eclipse.microprofile.graphql.NonNull;
import org.eclipse.microprofile.graphql.Type;

/** A label as a client reads it; the confidence is 0 to 1. */
@Type("Label")
public record Seen(@NonNull String name, double confidence) {}
