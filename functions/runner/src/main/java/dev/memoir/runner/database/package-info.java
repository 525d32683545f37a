/** PostgreSQL on demand: awake while somebody holds it, asleep otherwise. */
package dev.memoir.runner.database;
