package dev.memoir.postprocessor;

import dev.memoir.catalog.IngestCatalog;
import dev.memoir.imaging.Darkroom;
import dev.memoir.imaging.Tools;
import dev.memoir.store.MediaStore;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import javax.sql.DataSource;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Puts the function together from its environment. */
@ApplicationScoped
public class Wiring {
    private static final String[] TOOLS = {"MEMOIR_LIBVIPS", "MEMOIR_FFMPEG", "MEMOIR_FFPROBE", "MEMOIR_SCRATCH", "PATH"
    };

    @Produces
    @Singleton
    Tools tools(Config config) {
        Map<String, String> environment = new HashMap<>();
        for (String name : TOOLS) {
            config.getOptionalValue(name, String.class).ifPresent(value -> environment.put(name, value));
        }
        Tools tools = Tools.of(environment);
        try {
            Files.createDirectories(tools.scratch());
        } catch (IOException e) {
            throw new UncheckedIOException("the scratch folder " + tools.scratch() + " can't be made", e);
        }
        return tools;
    }

    @Produces
    @Singleton
    Darkroom darkroom(Tools tools) {
        return Darkroom.open(tools, Clock.systemUTC());
    }

    @Produces
    @Singleton
    IngestCatalog catalog(DataSource database) {
        return IngestCatalog.over(database);
    }

    @Produces
    @Singleton
    Intake intake(
            MediaStore store,
            IngestCatalog catalog,
            Darkroom darkroom,
            Tools tools,
            @ConfigProperty(name = "memoir.default.owner", defaultValue = "home") String defaultOwner) {
        return new Intake(store, catalog, darkroom, tools.scratch(), defaultOwner);
    }

    @Produces
    @Singleton
    Rehearsal rehearsal(
            MediaStore store,
            IngestCatalog catalog,
            Darkroom darkroom,
            Tools tools,
            @ConfigProperty(name = "memoir.default.owner", defaultValue = "home") String defaultOwner) {
        return new Rehearsal(store, catalog, darkroom, tools.scratch(), defaultOwner);
    }
}
