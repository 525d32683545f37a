package dev.memoir.operator;

import io.fabric8.kubernetes.client.extended.leaderelection.LeaderCallbacks;
import io.javaoperatorsdk.operator.api.config.LeaderElectionConfiguration;
import io.javaoperatorsdk.operator.api.config.LeaderElectionConfigurationBuilder;
import io.quarkus.arc.lookup.LookupIfProperty;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Of several operators one acts: the one that holds a lease in their namespace. Whoever loses it ends. */
@ApplicationScoped
public class Leadership {
    /** A leader that is gone or frozen is replaced after this long. */
    private static final Duration LEASE = Duration.ofSeconds(15);

    private static final Duration RENEWED_WITHIN = Duration.ofSeconds(10);
    private static final Duration TRIED_EVERY = Duration.ofSeconds(2);

    @Produces
    @Singleton
    @LookupIfProperty(name = "memoir.leader.election", stringValue = "true")
    LeaderElectionConfiguration lease(
            @ConfigProperty(name = "memoir.lease", defaultValue = "memoir-operator") String name) {
        return LeaderElectionConfigurationBuilder.aLeaderElectionConfiguration(name)
                .withLeaseDuration(LEASE)
                .withRenewDeadline(RENEWED_WITHIN)
                .withRetryPeriod(TRIED_EVERY)
                .withLeaderCallbacks(new LeaderCallbacks(() -> {}, Leadership::end, leader -> {}))
                .build();
    }

    /**
     * It would go on acting, and never lead again. On a thread of its own: while the program ends anyway, as when it gives its
     * lease back, an exit waits for the end.
     */
    private static void end() {
        Thread.ofPlatform().daemon().start(() -> System.exit(1));
    }
}
