/**
 * The programs, libraries, models and samples that Memoir brings along, pinned with checksums in {@code parts.json} and
 * installed once per machine below {@code ~/.cache/memoir/parts}, by the registry clients that the machine has.
 */
package dev.memoir.parts;
