/** What the runner counts, in the form that Prometheus reads. */
package dev.memoir.runner.metrics;
