/**
 * The words of the photo domain as values: content, facts, places, times, labels. Nothing here reads a clock, a file or
 * a network; every other module may use it and it uses none.
 */
package dev.memoir.media;
