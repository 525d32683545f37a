/** Measurements, side by side with the peer in one run. Every benchmark prints a table for {@code docs/benchmarks.md}. */
package dev.memoir.bench;
