package dev.memoir.ai.faces;

/** A pixel's place: x to the right, y down. */
public record Point(int x, int y) {}
