/**
 * What a file of a library shows and says: its type by content, its facts, its pictures. {@link
 * dev.memoir.imaging.Darkroom} is the door. Nothing here knows buckets, rows or events; every input is taken for hostile.
 */
package dev.memoir.imaging;
