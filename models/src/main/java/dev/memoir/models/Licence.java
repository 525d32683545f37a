package dev.memoir.models;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;

/**
 * Under which terms the weights may be used. In the JSON file "written" says where its holder wrote so.
 *
 * @param id SPDX identifier
 * @param holder who gives the licence
 * @param text the licence as it came with the weights; goes wherever they go
 */
@JsonIgnoreProperties("written")
public record Licence(String id, String holder, ModelFile text) {}
