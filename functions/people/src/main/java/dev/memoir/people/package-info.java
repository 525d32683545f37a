/**
 * Faces become people: which faces are one person's, and what the family decided on it. Values in, values out: no clock, no
 * store, no database.
 */
package dev.memoir.people;
