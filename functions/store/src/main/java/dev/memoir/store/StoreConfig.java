package dev.memoir.store;

import java.net.URI;
import java.util.Optional;

/**
 * Where the store is and with which key it is opened.
 *
 * @param endpoint where this process reaches the store
 * @param publicEndpoint where browsers and phones reach it: signed addresses are made for this one
 * @param region as signatures name it
 * @param originals bucket of originals, sidecars and the library's documents
 * @param derived bucket of everything that can be made again
 * @param authority that its certificate must come from, in PEM format; without one all are believed that Java knows
 */
public record StoreConfig(
        URI endpoint,
        URI publicEndpoint,
        String region,
        String accessKey,
        String secretKey,
        String originals,
        String derived,
        Optional<String> authority) {

    /** A store without TLS, or one with a certificate that everybody believes. */
    public StoreConfig(
            URI endpoint,
            URI publicEndpoint,
            String region,
            String accessKey,
            String secretKey,
            String originals,
            String derived) {
        this(endpoint, publicEndpoint, region, accessKey, secretKey, originals, derived, Optional.empty());
    }

    @Override
    public String toString() {
        return "StoreConfig[" + endpoint + ", " + originals + ", " + derived + "]";
    }
}
