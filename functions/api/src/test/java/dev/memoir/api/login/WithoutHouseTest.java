package dev.memoir.api.login;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Where an issuer lets people in, as on Kubernetes. */
class WithoutHouseTest {
    @Test
    void withoutKeysOfTheHouseNobodyLogsInHereAndTheStoreIsNotAsked() {
        Vertx vertx = Vertx.vertx();
        try {
            Router router = Router.router(vertx);
            new LoginRoutes(Optional.empty(), "home", null).routes(router);
            assertEquals(List.of(), router.getRoutes());
        } finally {
            vertx.close();
        }
    }
}
