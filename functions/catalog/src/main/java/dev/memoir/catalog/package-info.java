/**
 * The catalog: rows about what the buckets hold. Everything in it can be made again from them. Two doors lead in:
 * {@link dev.memoir.catalog.IngestCatalog} for the functions that take media in, and the library, in which row security
 * shows each caller only what is theirs.
 */
package dev.memoir.catalog;
