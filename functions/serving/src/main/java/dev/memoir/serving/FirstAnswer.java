package dev.memoir.serving;

import dev.memoir.events.ProcessAge;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;

/** Says with the first answer how old the process is, so that the runner can tell a cold start. */
@ApplicationScoped
public class FirstAnswer {
    private final AtomicBoolean given = new AtomicBoolean();

    void tell(@Observes Filters filters) {
        filters.register(this::tell, Edge.BEFORE_EVERY_ROUTE - 1);
    }

    private void tell(RoutingContext context) {
        if (!context.request().path().equals(Edge.READY) && given.compareAndSet(false, true)) {
            context.addHeadersEndHandler(nothing -> context.response().putHeader(ProcessAge.HEADER, age()));
        }
        context.next();
    }

    /** Empty where the system does not say when a process began. */
    private static String age() {
        return ProcessHandle.current()
                .info()
                .startInstant()
                .map(start -> ProcessAge.header(Duration.between(start, Instant.now())))
                .orElse("");
    }
}
