/**
 * Exact search among vectors: {@link dev.memoir.vectors.VectorFile} keeps them as 8-bit numbers in one file,
 * {@link dev.memoir.vectors.Scan} compares one with all of them, {@link dev.memoir.vectors.ScanProcess} has that done by a
 * JVM with C2 and the Vector API, which {@link dev.memoir.vectors.ScanMain} is.
 */
package dev.memoir.vectors;
