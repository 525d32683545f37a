/**
 * The AI function: from an asset's analysis rendition to what models say of it. {@link dev.memoir.ai.picture} prepares
 * pixels exactly as each model was trained, {@link dev.memoir.ai.model} keeps and runs models, this package ties them to
 * events, store and catalog.
 */
package dev.memoir.ai;
