package dev.memoir.ai;

import dev.memoir.ai.picture.UnreadablePicture;
import dev.memoir.catalog.Analysis;
import dev.memoir.catalog.IngestCatalog;
import dev.memoir.catalog.ModelVersion;
import dev.memoir.events.AssetAnalysed;
import dev.memoir.events.AssetPreviewed;
import dev.memoir.media.Rendition;
import dev.memoir.media.Sha256;
import dev.memoir.models.Model;
import dev.memoir.store.Keys;
import dev.memoir.store.MediaStore;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jboss.logging.Logger;

/** Has an asset looked at by the models that have not spoken on it yet, and records what they say. */
final class Analyst {
    private static final Logger LOG = Logger.getLogger(Analyst.class);

    private final RenditionReader renditions;
    private final IngestCatalog catalog;
    private final Vision vision;

    Analyst(MediaStore store, IngestCatalog catalog, Vision vision) {
        this.renditions = new RenditionReader(store);
        this.catalog = catalog;
        this.vision = vision;
    }

    /**
     * The answer is the same for a repeated event. It is empty when there is nothing to analyse: the event names no asset
     * of ours, or its rendition is gone. The sweep brings such an asset back once it has a rendition again.
     */
    Optional<AssetAnalysed> analyse(AssetPreviewed previewed) {
        Optional<Sha256> named = asset(previewed);
        if (named.isEmpty()) {
            LOG.warnf(
                    "not analysed: the event names no asset and its analysis rendition (%s)", previewed.analysisKey());
            return Optional.empty();
        }
        Sha256 asset = named.get();
        if (catalog.asset(asset).isEmpty()) {
            LOG.infof("not analysed: asset %s is not in the catalog", asset);
            return Optional.empty();
        }
        List<Model> wanted = previewed.again() ? vision.models() : silentOn(asset);
        if (!wanted.isEmpty()) {
            Optional<byte[]> picture = renditions.read(previewed.analysisKey());
            if (picture.isEmpty()) {
                LOG.infof("not analysed: %s is gone; a sweep makes it again", previewed.analysisKey());
                return Optional.empty();
            }
            catalog.analysed(asset, look(picture.get(), wanted, previewed.analysisKey()));
        }
        return Optional.of(new AssetAnalysed(
                asset.hex(), vision.models().stream().map(Model::id).toList()));
    }

    private List<Analysis> look(byte[] picture, List<Model> wanted, String key) {
        try {
            return vision.look(picture, wanted);
        } catch (UnreadablePicture e) {
            throw new UnreadablePicture(key + ": " + e.getMessage() + "; delete it, and the sweep makes it again", e);
        }
    }

    private static Optional<Sha256> asset(AssetPreviewed previewed) {
        try {
            var asset = new Sha256(previewed.sha256());
            boolean its = Keys.rendition(asset, Rendition.ANALYSIS).equals(previewed.analysisKey());
            return Optional.of(asset).filter(_ -> its);
        } catch (IllegalArgumentException | NullPointerException e) {
            return Optional.empty();
        }
    }

    private List<Model> silentOn(Sha256 asset) {
        Set<ModelVersion> spoken = catalog.analyses(asset);
        return vision.models().stream()
                .filter(model ->
                        !spoken.contains(new ModelVersion(model.task().wireName(), model.name(), model.version())))
                .toList();
    }
}
