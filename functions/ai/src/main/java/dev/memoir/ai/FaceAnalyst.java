package dev.memoir.ai;

import dev.memoir.ai.faces.Box;
import dev.memoir.ai.faces.Face;
import dev.memoir.ai.faces.FaceFinder;
import dev.memoir.ai.faces.Portrait;
import dev.memoir.ai.faces.Quality;
import dev.memoir.ai.picture.Encoder;
import dev.memoir.ai.picture.Pixels;
import dev.memoir.catalog.FaceCatalog;
import dev.memoir.catalog.FaceId;
import dev.memoir.catalog.FoundFace;
import dev.memoir.catalog.ModelVersion;
import dev.memoir.media.Sha256;
import dev.memoir.models.ModelCatalogue;
import dev.memoir.people.Crowd;
import dev.memoir.people.Region;
import dev.memoir.store.Keys;
import dev.memoir.store.MediaStore;
import dev.memoir.store.StoredObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Finds the faces of assets where the library wants that, cuts them out for people to see, and says whose they most probably
 * are. The models are loaded when the first picture comes that needs them.
 */
final class FaceAnalyst implements AutoCloseable {
    private static final int QUALITY = 90;

    private final MediaStore store;
    private final FaceCatalog catalog;
    private final Supplier<FaceFinder> opening;
    private final ModelVersion models;
    private FaceFinder finder;
    private Crowd crowd;
    private String crowdVersion;

    FaceAnalyst(MediaStore store, FaceCatalog catalog, Supplier<FaceFinder> finder) {
        this.store = store;
        this.catalog = catalog;
        this.opening = finder;
        this.models = models();
    }

    private static ModelVersion models() {
        ModelCatalogue.Together together = ModelCatalogue.faces().together();
        return new ModelVersion(FaceCatalog.TASK, together.name(), together.version());
    }

    /** The models taken as one, when the library wants faces. */
    Optional<ModelVersion> wanted() {
        boolean wanted = catalog.wanted();
        if (!wanted) {
            forget();
        }
        return Optional.of(models).filter(_ -> wanted);
    }

    /** What was learnt of faces must not outlive the wish for it. */
    private synchronized void forget() {
        crowd = null;
        crowdVersion = null;
    }

    /**
     * Cut-outs come before the rows, so that a face that can be seen has its picture.
     *
     * @param pictures one, or of a film the one that stands for it and its further frames
     */
    synchronized void look(Sha256 asset, List<Supplier<Pixels>> pictures) {
        if (finder == null) {
            finder = opening.get();
        }
        FilmFaces<Pixels> film = new FilmFaces<>();
        for (Supplier<Pixels> picture : pictures) {
            Pixels pixels = picture.get();
            film.frame(finder.portraits(pixels).stream()
                    .map(portrait -> new FilmFaces.Cut<>(found(portrait, pixels), portrait.chip()))
                    .toList());
        }
        List<FoundFace> faces = new ArrayList<>();
        Set<String> keys = new HashSet<>();
        List<Region> unrecognised = catalog.unrecognised(asset);
        for (FilmFaces.Cut<Pixels> cut : film.faces()) {
            if (unrecognised.stream().anyMatch(cut.face().box()::meets)) {
                continue;
            }
            String key = Keys.face(asset, FaceId.of(asset, models, cut.face().box()));
            store.put(store.config().derived(), key, Encoder.jpeg(cut.chip(), QUALITY), "image/jpeg");
            faces.add(cut.face());
            keys.add(key);
        }
        if (record(asset, pictures.size() - 1, faces)) {
            removeCutOuts(asset, keys);
        } else {
            removeCutOuts(asset, Set.of());
            forget();
        }
    }

    private boolean record(Sha256 asset, int frames, List<FoundFace> faces) {
        Crowd known = crowd();
        Map<UUID, UUID> persons = new HashMap<>();
        Map<UUID, float[]> embeddings = new HashMap<>();
        boolean recorded = catalog.record(asset, models, frames, faces, (face, embedding) -> {
            UUID person = known.personOf(embedding).orElse(face);
            persons.put(face, person);
            embeddings.put(face, embedding);
            return person;
        });
        if (recorded) {
            persons.forEach((face, person) -> known.add(embeddings.get(face), person));
        }
        return recorded;
    }

    /** Those that an earlier model left, too. */
    private void removeCutOuts(Sha256 asset, Set<String> kept) {
        String bucket = store.config().derived();
        try (Stream<StoredObject> there = store.list(bucket, Keys.faces(asset), "")) {
            there.map(StoredObject::key).filter(key -> !kept.contains(key)).forEach(key -> store.delete(bucket, key));
        }
    }

    private Crowd crowd() {
        String version = catalog.crowdVersion();
        if (crowd == null || !version.equals(crowdVersion)) {
            crowd = catalog.crowd();
            crowdVersion = version;
        }
        return crowd;
    }

    private static FoundFace found(Portrait portrait, Pixels picture) {
        Face face = portrait.face();
        Box box = face.box();
        double width = picture.width();
        double height = picture.height();
        List<Double> points = new ArrayList<>();
        face.points().forEach(point -> {
            points.add(point.x() / width);
            points.add(point.y() / height);
        });
        return new FoundFace(
                new Region(box.left() / width, box.top() / height, box.width() / width, box.height() / height),
                points,
                face.score(),
                face.embedding(),
                Quality.of(portrait));
    }

    @Override
    public synchronized void close() {
        if (finder != null) {
            finder.close();
        }
    }
}
