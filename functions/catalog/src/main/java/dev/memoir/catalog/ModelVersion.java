package dev.memoir.catalog;

/** A task and the model that does it: an analysis is made once for each. */
public record ModelVersion(String task, String model, String version) {}
