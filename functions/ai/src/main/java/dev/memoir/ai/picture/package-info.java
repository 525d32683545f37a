/** Pure: from a picture's bytes to a model's input. No network, no clock, no state. */
package dev.memoir.ai.picture;
