package dev.memoir.models;

/**
 * Under which terms the weights may be used.
 *
 * @param id SPDX identifier
 * @param holder who gives the licence
 * @param text the licence as it came with the weights; goes wherever they go
 */
public record Licence(String id, String holder, ModelFile text) {}
