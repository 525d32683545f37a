package dev.memoir.events;

import java.util.List;

/**
 * The data of {@link EventTypes#ANALYSED}: these models have spoken on an asset.
 *
 * @param sha256 the asset, 64 hexadecimal digits
 * @param models {@code <name>/<version>}, in a fixed order
 */
public record AssetAnalysed(String sha256, List<String> models) {
    public AssetAnalysed {
        models = List.copyOf(models);
    }
}
