/** The way of an event through the functions, told as spans to whoever collects them. */
package dev.memoir.runner.traces;
