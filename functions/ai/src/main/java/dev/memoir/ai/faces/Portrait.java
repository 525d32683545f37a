package dev.memoir.ai.faces;

import dev.memoir.ai.picture.Pixels;

/**
 * A face and its cut-out.
 *
 * @param chip the face upright, of the embedding's size
 */
public record Portrait(Face face, Pixels chip) {}
