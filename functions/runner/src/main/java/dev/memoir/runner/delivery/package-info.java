/** Events from the queue to the functions and their answers back: at least once, with a count of what failed. */
package dev.memoir.runner.delivery;
