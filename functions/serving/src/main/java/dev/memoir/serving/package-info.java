/** What the three functions have in common at their edge: readiness, who may send events, the media store. */
package dev.memoir.serving;
