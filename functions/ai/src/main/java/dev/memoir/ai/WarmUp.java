package dev.memoir.ai;

import dev.memoir.ai.picture.Encoder;
import dev.memoir.ai.picture.Pixels;
import dev.memoir.models.Preparation.Channels;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * This function is started when work is on its way to it, often while the postprocessor still makes the rendition: until
 * that comes, libraries and models are loaded and all is gone through once, with a picture of next to nothing.
 */
@ApplicationScoped
public class WarmUp {
    private static final Logger LOG = Logger.getLogger(WarmUp.class);
    private static final int SIDE = 16;
    private static final int QUALITY = 90;

    /** @param vision made by the thread that needs it first: making it loads libraries, and readiness must not wait */
    void begin(@Observes StartupEvent started, Instance<Vision> vision, Elsewhere elsewhere) {
        // A mistake in the settings of a service elsewhere ends the start here, before any event comes.
        if (elsewhere.service().isEmpty()) {
            begin(vision::get);
        }
    }

    static Thread begin(Supplier<Vision> vision) {
        return Thread.ofVirtual().name("warm-up").start(() -> look(vision));
    }

    private static void look(Supplier<Vision> vision) {
        try {
            var dark = new Pixels(new byte[3 * SIDE * SIDE], Channels.BGR, SIDE, SIDE);
            vision.get().look(Encoder.jpeg(dark, QUALITY));
        } catch (RuntimeException e) {
            // No event has failed by this: the first one tries again, and says it with its own error.
            LOG.infof("nothing is loaded ahead: %s", e.getMessage());
        }
    }
}
