package dev.memoir.api;

import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.jboss.logging.Logger;

/**
 * Opens the first connection to the database while the server itself still starts and whoever sent the first question finds out
 * that it does: TLS, and the thousands of hashes of a password (RFC 5802), take a fresh process about as long as the question.
 */
@ApplicationScoped
class WarmUp {
    private static final Logger LOG = Logger.getLogger(WarmUp.class);

    void begin(@Observes StartupEvent started, DataSource database) {
        Thread.ofPlatform().daemon().name("warm-up").start(() -> connect(database));
    }

    private static void connect(DataSource database) {
        try (Connection connection = database.getConnection()) {
            connection.isValid(0);
        } catch (SQLException e) {
            // Nobody has asked anything yet: the first question tries again, and says it with its own error.
            LOG.infof("no connection is made ahead: %s", e.getMessage());
        }
    }
}
