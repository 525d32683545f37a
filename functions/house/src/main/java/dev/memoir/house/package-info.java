/**
 * The people of one house that has no other issuer: who they are, how they prove it, and how they come and go. All of it
 * lies as documents in the originals bucket under {@code .memoir/}; docs/people-and-rights.md has their formats.
 */
package dev.memoir.house;
