/**
 * The postprocessor function: told to look at a key of the originals bucket, it makes the catalog and the renditions agree
 * with what lies there.
 */
package dev.memoir.postprocessor;
