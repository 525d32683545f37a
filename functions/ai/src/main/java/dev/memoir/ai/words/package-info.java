/**
 * Search by words: {@link dev.memoir.ai.words.WordTower} makes a direction of them, {@link dev.memoir.ai.words.VectorIndex} keeps
 * the pictures' directions in a file, {@link dev.memoir.ai.words.WordSearch} finds the nearest.
 */
package dev.memoir.ai.words;
