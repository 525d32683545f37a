package dev.memoir.ai;

import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/** Funqy answers any exception by 500, which counts as a failure; {@link AskAgain} is answered by 503, which does not. */
@ApplicationScoped
public class Delays {
    private static final int BEFORE_ALL = -1;
    private static final int UNAVAILABLE = 503;

    void register(@Observes Router router) {
        router.route().order(BEFORE_ALL).failureHandler(Delays::failed);
    }

    private static void failed(RoutingContext context) {
        for (Throwable cause = context.failure(); cause != null; cause = cause.getCause()) {
            if (cause instanceof AskAgain again) {
                context.response().setStatusCode(UNAVAILABLE).end(again.getMessage());
                return;
            }
        }
        context.next();
    }
}
