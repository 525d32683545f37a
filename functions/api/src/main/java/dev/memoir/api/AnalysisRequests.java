package dev.memoir.api;

import dev.memoir.events.AssetEvents;
import dev.memoir.events.AssetPreviewed;
import dev.memoir.events.EventPublisher;
import dev.memoir.events.Lane;
import dev.memoir.events.QueueAddress;
import dev.memoir.events.Subjects;
import dev.memoir.media.Rendition;
import dev.memoir.media.Sha256;
import dev.memoir.store.Keys;
import io.nats.client.Connection;
import io.nats.client.Nats;
import io.nats.client.Options;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Asks the AI function to look at assets again. The queue is connected to only then: most lives of this function never do. */
@ApplicationScoped
public class AnalysisRequests {
    private static final String SOURCE = "api";

    /** So many a person waits for; more come after whatever is new. */
    private static final int A_HANDFUL = 20;

    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private final Optional<QueueAddress> queue;

    public AnalysisRequests(
            @ConfigProperty(name = "memoir.nats.url") Optional<String> url,
            @ConfigProperty(name = "memoir.nats.ca") Optional<String> authority) {
        this.queue = url.map(address -> new QueueAddress(address, authority));
    }

    void send(List<Sha256> assets) {
        if (assets.isEmpty()) {
            return;
        }
        Options options = queue.orElseThrow(() ->
                        new Problem.Unavailable("This installation has no queue (MEMOIR_NATS_URL is not set).", null))
                .options()
                .connectionTimeout(PATIENCE)
                .maxReconnects(0)
                .build();
        try {
            Connection connection = Nats.connect(options);
            try {
                publish(new EventPublisher(connection), assets);
            } finally {
                connection.close();
            }
        } catch (IOException e) {
            throw new Problem.Unavailable("The queue does not answer. Try again in a moment.", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Problem.Unavailable("Interrupted while asking for an analysis.", e);
        }
    }

    private static void publish(EventPublisher publisher, List<Sha256> assets) throws IOException {
        Lane lane = assets.size() > A_HANDFUL ? Lane.BACKFILL : Lane.NEW;
        for (Sha256 asset : assets) {
            AssetPreviewed previewed = new AssetPreviewed(asset.hex(), Keys.rendition(asset, Rendition.ANALYSIS), true);
            publisher.publish(lane, Subjects.PREVIEWED, AssetEvents.previewed(SOURCE, previewed));
        }
    }
}
