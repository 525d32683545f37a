package dev.memoir.models;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;

/**
 * One file of a model.
 *
 * @param file its name within the model's folder
 * @param sha256 64 hexadecimal digits
 * @param size bytes
 */
@JsonIgnoreProperties("from")
public record ModelFile(String file, String sha256, long size) {}
