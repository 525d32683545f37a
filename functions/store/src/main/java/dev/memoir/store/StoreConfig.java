package dev.memoir.store;

import java.net.URI;

/**
 * Where the store is and with which key it is opened.
 *
 * @param endpoint where this process reaches the store
 * @param publicEndpoint where browsers and phones reach it: signed addresses are made for this one
 * @param region as signatures name it
 * @param originals bucket of originals, sidecars and the library's documents
 * @param derived bucket of everything that can be made again
 */
public record StoreConfig(
        URI endpoint,
        URI publicEndpoint,
        String region,
        String accessKey,
        String secretKey,
        String originals,
        String derived) {

    @Override
    public String toString() {
        return "StoreConfig[" + endpoint + ", " + originals + ", " + derived + "]";
    }
}
