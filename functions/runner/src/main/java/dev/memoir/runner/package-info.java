/**
 * The one program that is always on. It lets people in ({@code edge}), starts functions when they are needed and stops
 * them when they aren't ({@code hosts}), brings them events ({@code delivery}), keeps the database awake for whoever needs
 * it ({@code database}), and on one machine looks after the parts ({@code local}).
 */
package dev.memoir.runner;
