package dev.memoir.serving;

import dev.memoir.events.ProcessAge;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

/**
 * Says with the first answer how old the process is, so that the runner can tell a cold start; and with those to requests that
 * were already there, since whoever woke the process need not be the one who is answered first.
 */
@ApplicationScoped
public class FirstAnswer {
    /** The 22nd field of {@code /proc/PID/stat}, counted from the one after the program's name. */
    private static final int START_TIME = 19;

    /** Linux tells all programs of 100 ticks a second, whatever its own are. */
    private static final long MILLIS_PER_TICK = 10;

    private volatile boolean given;

    void tell(@Observes Filters filters) {
        filters.register(this::tell, Edge.BEFORE_EVERY_ROUTE - 1);
    }

    void tell(RoutingContext context) {
        if (!given && !context.request().path().equals(Edge.READY)) {
            context.addHeadersEndHandler(nothing -> {
                given = true;
                context.response().putHeader(ProcessAge.HEADER, age());
            });
        }
        context.next();
    }

    private static String age() {
        try {
            return ProcessAge.header(ofLinux());
        } catch (IOException elsewhere) {
            return ProcessHandle.current()
                    .info()
                    .startInstant()
                    .map(start -> ProcessAge.header(Duration.between(start, Instant.now())))
                    .orElse("");
        }
    }

    /** Java knows the start there by the time of the boot in whole seconds; the kernel itself says it in ticks (proc(5)). */
    private static Duration ofLinux() throws IOException {
        String stat = Files.readString(Path.of("/proc/self/stat"));
        String[] afterName = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        long started = Long.parseLong(afterName[START_TIME]) * MILLIS_PER_TICK;
        String uptime = Files.readString(Path.of("/proc/uptime"));
        double seconds = Double.parseDouble(uptime.substring(0, uptime.indexOf(' ')));
        return Duration.ofMillis(Math.max(0, Math.round(seconds * 1000) - started));
    }
}
