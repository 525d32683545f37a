package dev.memoir.media;

/**
 * What a model saw.
 *
 * @param name the model's word for it
 * @param confidence 0 to 1
 */
public record Label(String name, double confidence) {}
