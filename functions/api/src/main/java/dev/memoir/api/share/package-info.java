/** What guests get by share links, and nothing besides. */
package dev.memoir.api.share;
