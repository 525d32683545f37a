package dev.memoir.serving;

import dev.memoir.store.MediaStore;
import dev.memoir.store.StoreConfig;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import java.net.URI;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** The media store, from {@code MEMOIR_S3_…}. */
@ApplicationScoped
public class Store {
    @Produces
    @ApplicationScoped
    MediaStore store(
            @ConfigProperty(name = "memoir.s3.endpoint") URI endpoint,
            @ConfigProperty(name = "memoir.s3.public-endpoint") Optional<URI> publicEndpoint,
            @ConfigProperty(name = "memoir.s3.region", defaultValue = "us-east-1") String region,
            @ConfigProperty(name = "memoir.s3.access-key") String accessKey,
            @ConfigProperty(name = "memoir.s3.secret-key") String secretKey,
            @ConfigProperty(name = "memoir.s3.originals", defaultValue = "originals") String originals,
            @ConfigProperty(name = "memoir.s3.derived", defaultValue = "derived") String derived,
            @ConfigProperty(name = "memoir.s3.ca") Optional<String> authority) {
        return MediaStore.open(new StoreConfig(
                endpoint,
                publicEndpoint.orElse(endpoint),
                region,
                accessKey,
                secretKey,
                originals,
                derived,
                authority));
    }

    void close(@Disposes MediaStore store) {
        store.close();
    }
}
