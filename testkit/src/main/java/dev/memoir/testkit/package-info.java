/**
 * The real PostgreSQL, S3 server and NATS server for tests, on free ports of 127.0.0.1 and in folders that vanish. Each is
 * stopped when the JVM ends, however it ends.
 */
package dev.memoir.testkit;
