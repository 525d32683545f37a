/**
 * The command {@code memoir}: one class for each thing a person can ask for. What it knows of a running Memoir it asks
 * the runner's admin address ({@link dev.memoir.cli.RunnerClient}); photos go in by S3, questions by GraphQL, as they do for
 * everybody else.
 */
package dev.memoir.cli;
