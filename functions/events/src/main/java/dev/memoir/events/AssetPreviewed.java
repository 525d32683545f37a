package dev.memoir.events;

/**
 * The data of {@link EventTypes#PREVIEWED}: an asset can be analysed.
 *
 * @param sha256 the asset, 64 hexadecimal digits
 * @param analysisKey the key of the analysis rendition in the derived bucket
 * @param again true when a person asked for a new analysis: results of the same models are made again
 */
public record AssetPreviewed(String sha256, String analysisKey, boolean again) {}
