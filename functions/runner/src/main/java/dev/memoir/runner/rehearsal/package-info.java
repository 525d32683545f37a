/** AOT caches, made on this machine by real requests, so that later starts are fast. Losing one only costs time. */
package dev.memoir.runner.rehearsal;
