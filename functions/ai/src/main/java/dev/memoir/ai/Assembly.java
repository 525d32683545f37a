package dev.memoir.ai;

import dev.memoir.ai.model.DeviceWish;
import dev.memoir.ai.model.ModelFolder;
import dev.memoir.ai.model.OnnxEngine;
import dev.memoir.catalog.IngestCatalog;
import dev.memoir.imaging.PixelReader;
import dev.memoir.models.ModelCatalogue;
import dev.memoir.store.MediaStore;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.util.Optional;
import javax.sql.DataSource;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Puts the function together from its configuration. */
@ApplicationScoped
public class Assembly {

    @Produces
    @ApplicationScoped
    IngestCatalog catalog(DataSource database) {
        return IngestCatalog.over(database);
    }

    /**
     * @param cache {@code MEMOIR_MODELS_CACHE}: keeps verified models and native libraries between starts
     * @param device {@code MEMOIR_AI_DEVICE}
     * @param libvips {@code MEMOIR_LIBVIPS}: decodes renditions sooner than Java does; not needed
     */
    @Produces
    @Singleton
    Vision vision(
            MediaStore store,
            @ConfigProperty(name = "memoir.models.cache") Path cache,
            @ConfigProperty(name = "memoir.ai.device", defaultValue = "auto") String device,
            @ConfigProperty(name = "memoir.libvips") Optional<Path> libvips) {
        OnnxEngine.prepare(Optional.of(cache));
        return new Vision(
                ModelCatalogue.load(),
                ModelFolder.cacheOf(store, cache),
                DeviceWish.parse(device).choose(OnnxEngine::gpus),
                libvips.flatMap(PixelReader::load));
    }

    void close(@Disposes Vision vision) {
        vision.close();
    }
}
