/** From what a network says of the cells of a picture to the things that are seen in it. Values in, values out. */
package dev.memoir.ai.objects;
