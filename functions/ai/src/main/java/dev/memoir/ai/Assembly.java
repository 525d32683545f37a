package dev.memoir.ai;

import dev.memoir.ai.cloud.Chosen;
import dev.memoir.ai.faces.FaceFinder;
import dev.memoir.ai.model.DeviceWish;
import dev.memoir.ai.model.ModelFolder;
import dev.memoir.ai.model.OnnxEngine;
import dev.memoir.ai.words.WordSearch;
import dev.memoir.ai.words.WordTower;
import dev.memoir.catalog.FaceCatalog;
import dev.memoir.catalog.IngestCatalog;
import dev.memoir.imaging.PixelReader;
import dev.memoir.models.Model;
import dev.memoir.models.ModelCatalogue;
import dev.memoir.models.Task;
import dev.memoir.store.MediaStore;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.time.Clock;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/** Puts the function together from its configuration. */
@ApplicationScoped
public class Assembly {
    private static final Logger LOG = Logger.getLogger(Assembly.class);

    @Produces
    @ApplicationScoped
    IngestCatalog catalog(DataSource database) {
        return IngestCatalog.over(database);
    }

    /**
     * @param cache {@code MEMOIR_MODELS_CACHE}: keeps verified models and native libraries between starts
     * @param device {@code MEMOIR_AI_DEVICE}
     * @param libvips {@code MEMOIR_LIBVIPS}: decodes renditions sooner than Java does; not needed
     * @param labels {@code MEMOIR_LABELS_FLOOR}: the least confidence of a label, instead of the catalogue's
     * @param objects {@code MEMOIR_OBJECTS_FLOOR}: that of an object
     */
    @Produces
    @Singleton
    Vision vision(
            MediaStore store,
            @ConfigProperty(name = "memoir.models.cache") Path cache,
            @ConfigProperty(name = "memoir.ai.device", defaultValue = "auto") String device,
            @ConfigProperty(name = "memoir.libvips") Optional<Path> libvips,
            @ConfigProperty(name = "memoir.labels.floor") Optional<Double> labels,
            @ConfigProperty(name = "memoir.objects.floor") Optional<Double> objects) {
        OnnxEngine.prepare(Optional.of(cache));
        ModelFolder folder = ModelFolder.cacheOf(store, cache);
        Map<Task, Double> floors = new EnumMap<>(Task.class);
        labels.ifPresent(floor -> floors.put(Task.LABELS, floor));
        objects.ifPresent(floor -> floors.put(Task.OBJECTS, floor));
        return new Vision(
                withWords(withObjects(folder).withFloors(floors), folder),
                folder,
                DeviceWish.parse(device).choose(OnnxEngine::gpus),
                libvips.flatMap(PixelReader::load));
    }

    /** {@code MEMOIR_VISION} and what begins so: who looks instead of the models here. */
    @Produces
    @Singleton
    Elsewhere elsewhere(MediaStore store, Config config) {
        return new Elsewhere(
                Chosen.of(name -> config.getOptionalValue(name, String.class).orElse(null), store, Clock.systemUTC()));
    }

    /** Objects are found where somebody put their model into the bucket: asked once, when the function starts. */
    static ModelCatalogue withObjects(ModelFolder folder) {
        ModelCatalogue objects = ModelCatalogue.objects();
        return folder.has(objects) ? ModelCatalogue.load().and(objects) : ModelCatalogue.load();
    }

    /** Pictures are compared with words where somebody put a model for it into the bucket: asked once, too. */
    static ModelCatalogue withWords(ModelCatalogue catalogue, ModelFolder folder) {
        Optional<ModelCatalogue> words = folder.words();
        if (words.isPresent() && !folder.has(words.get())) {
            LOG.warnf("not searched by words: files that %s names are missing", ModelCatalogue.WORDS);
        }
        return words.filter(folder::has).map(catalogue::and).orElse(catalogue);
    }

    /** Nothing of it is loaded before somebody searches. */
    @Produces
    @Singleton
    WordSearch words(
            MediaStore store,
            IngestCatalog catalog,
            Vision vision,
            @ConfigProperty(name = "memoir.models.cache") Path cache,
            @ConfigProperty(name = "memoir.ai.device", defaultValue = "auto") String device) {
        Optional<Model> model =
                vision.models().stream().filter(one -> one.task() == Task.WORDS).findFirst();
        return new WordSearch(
                model,
                catalog,
                cache.resolve("vectors"),
                one -> new WordTower(
                        one,
                        ModelFolder.cacheOf(store, cache),
                        DeviceWish.parse(device).choose(OnnxEngine::gpus)));
    }

    void close(@Disposes WordSearch words) {
        words.close();
    }

    void close(@Disposes Vision vision) {
        vision.close();
    }

    /** Nothing of it is loaded before a picture comes in a library that wants faces. */
    @Produces
    @Singleton
    FaceAnalyst faces(
            MediaStore store,
            DataSource database,
            @ConfigProperty(name = "memoir.models.cache") Path cache,
            @ConfigProperty(name = "memoir.ai.device", defaultValue = "auto") String device) {
        return new FaceAnalyst(
                store,
                FaceCatalog.over(database),
                () -> new FaceFinder(
                        ModelCatalogue.faces(),
                        ModelFolder.cacheOf(store, cache),
                        DeviceWish.parse(device).choose(OnnxEngine::gpus)));
    }

    void close(@Disposes FaceAnalyst faces) {
        faces.close();
    }
}
