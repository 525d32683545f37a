package dev.memoir.ai.faces;

/**
 * Where a face is.
 *
 * @param score above 0; sure ones have about 1
 */
public record Detection(Box box, float score) {}
