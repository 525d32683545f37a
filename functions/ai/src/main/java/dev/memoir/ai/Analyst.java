package dev.memoir.ai;

import dev.memoir.ai.cloud.Answer;
import dev.memoir.ai.cloud.CloudVision;
import dev.memoir.ai.picture.Pixels;
import dev.memoir.ai.picture.UnreadablePicture;
import dev.memoir.catalog.Analysis;
import dev.memoir.catalog.IngestCatalog;
import dev.memoir.catalog.KnownAsset;
import dev.memoir.catalog.ModelVersion;
import dev.memoir.events.AssetAnalysed;
import dev.memoir.events.AssetPreviewed;
import dev.memoir.media.Rendition;
import dev.memoir.media.Sha256;
import dev.memoir.models.Model;
import dev.memoir.models.Task;
import dev.memoir.store.Keys;
import dev.memoir.store.MediaStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/** Has an asset looked at by the models that have not spoken on it yet, and records what they say. */
final class Analyst {
    private static final Logger LOG = Logger.getLogger(Analyst.class);

    private final RenditionReader renditions;
    private final IngestCatalog catalog;
    private final Vision vision;
    private final FaceAnalyst faces;
    private final Optional<CloudVision> cloud;

    /** @param cloud looks instead of the models here, except for faces and for what words are compared with */
    Analyst(MediaStore store, IngestCatalog catalog, Vision vision, FaceAnalyst faces, Optional<CloudVision> cloud) {
        this.cloud = cloud;
        this.renditions = new RenditionReader(store);
        this.catalog = catalog;
        this.vision = vision;
        this.faces = faces;
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
        Optional<KnownAsset> known = catalog.asset(asset);
        if (known.isEmpty()) {
            LOG.infof("not analysed: asset %s is not in the catalog", asset);
            return Optional.empty();
        }
        Set<ModelVersion> spoken = previewed.again() ? Set.of() : catalog.analyses(asset);
        List<Model> silent = vision.models().stream()
                .filter(model -> !spoken.contains(version(model)))
                .toList();
        boolean asks = cloud.filter(c -> !spoken.containsAll(c.models())).isPresent();
        List<Model> wanted = cloud.isPresent() ? ofWords(silent) : silent;
        Optional<ModelVersion> faceModels = faces.wanted();
        boolean wantsFaces = faceModels.isPresent() && !spoken.contains(faceModels.get());
        if (asks || !wanted.isEmpty() || wantsFaces) {
            List<byte[]> read = new ArrayList<>();
            List<Supplier<Pixels>> pictures = new ArrayList<>();
            for (String key :
                    Keys.derived(asset, Set.of(Rendition.ANALYSIS), known.get().frames())) {
                Optional<byte[]> picture = renditions.read(key);
                if (picture.isEmpty()) {
                    LOG.infof("not analysed: %s is gone; a sweep makes it again", key);
                    return Optional.empty();
                }
                read.add(picture.get());
                pictures.add(pixels(key, picture.get()));
            }
            List<Model> looking = asks && !elsewhere(asset, read) ? silent : wanted;
            look(asset, pictures, looking, wantsFaces);
        }
        Stream<String> lookers = cloud.map(c -> Stream.concat(
                        c.models().stream().map(Analyst::id),
                        ofWords(vision.models()).stream().map(Model::id)))
                .orElseGet(() -> vision.models().stream().map(Model::id));
        List<String> models =
                Stream.concat(lookers, faceModels.stream().map(Analyst::id)).toList();
        return Optional.of(new AssetAnalysed(asset.hex(), models));
    }

    /** What words are compared with, no service gives. */
    private static List<Model> ofWords(List<Model> models) {
        return models.stream().filter(model -> model.task() == Task.WORDS).toList();
    }

    /**
     * Has the service elsewhere look.
     *
     * @param pictures one, or of a film the one that stands for it, which alone is sent, and its further frames
     * @return false when the models here are to look instead
     * @throws AskAgain when it is to be asked later
     */
    private boolean elsewhere(Sha256 asset, List<byte[]> pictures) {
        CloudVision service = cloud.orElseThrow();
        return switch (service.look(pictures.getFirst())) {
            case Answer.Seen seen -> {
                catalog.analysed(asset, pictures.size() - 1, service.analyses(seen));
                yield true;
            }
            case Answer.Later later -> throw new AskAgain(later.reason());
            case Answer.Refused refused -> {
                LOG.infof("asset %s is looked at by the models here: %s", asset, refused.reason());
                yield false;
            }
            case Answer.Spent spent -> {
                LOG.infof(
                        "asset %s %s: %s",
                        asset, service.standIn() ? "is looked at by the models here" : "waits", spent.reason());
                yield !service.standIn();
            }
        };
    }

    private static String id(ModelVersion model) {
        return model.model() + "/" + model.version();
    }

    /** Decoded when it is first needed, and once. */
    private Supplier<Pixels> pixels(String key, byte[] picture) {
        AtomicReference<Pixels> decoded = new AtomicReference<>();
        return () -> {
            try {
                return decoded.updateAndGet(there -> there == null ? vision.decode(picture) : there);
            } catch (UnreadablePicture e) {
                throw new UnreadablePicture(
                        key + ": " + e.getMessage() + "; delete it, and the sweep makes it again", e);
            }
        };
    }

    /** Labels are told before faces are looked for, which takes longer. */
    private void look(Sha256 asset, List<Supplier<Pixels>> pictures, List<Model> wanted, boolean wantsFaces) {
        if (!wanted.isEmpty()) {
            List<List<Analysis>> said = pictures.stream()
                    .map(picture -> vision.look(picture, wanted))
                    .toList();
            catalog.analysed(asset, pictures.size() - 1, Film.merged(said));
        }
        if (wantsFaces) {
            faces.look(asset, pictures);
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

    private static ModelVersion version(Model model) {
        return new ModelVersion(model.task().wireName(), model.name(), model.version());
    }
}
