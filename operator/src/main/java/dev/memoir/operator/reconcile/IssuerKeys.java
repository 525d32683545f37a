package dev.memoir.operator.reconcile;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Public keys of issuers, found by discovery (OpenID Connect Discovery 1.0) and kept for some minutes. */
@ApplicationScoped
public class IssuerKeys {
    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final Duration KEPT = Duration.ofMinutes(10);
    private static final int LONGEST = 256 << 10;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http = HttpClient.newBuilder()
            .connectTimeout(TIMEOUT)
            .followRedirects(HttpClient.Redirect.NORMAL)
            .build();
    private final Map<String, Known> known = new ConcurrentHashMap<>();

    private record Known(Keys keys, Instant at) {}

    /**
     * @param address where they are
     * @param jwks as the issuer says it (RFC 7517)
     */
    record Keys(String address, String jwks) {}

    /** As {@link #fresh}, but not older than some minutes is fresh enough. */
    Keys of(String issuer) throws IOException {
        Known before = known.get(issuer);
        boolean recent = before != null && before.at().plus(KEPT).isAfter(Instant.now());
        return recent ? before.keys() : fresh(issuer);
    }

    /**
     * @throws IOException with a reason for people, when the issuer does not answer or is not what it says
     */
    Keys fresh(String issuer) throws IOException {
        String base = issuer.endsWith("/") ? issuer.substring(0, issuer.length() - 1) : issuer;
        JsonNode discovered = get(base + "/.well-known/openid-configuration");
        if (!issuer.equals(discovered.path("issuer").asText())) {
            throw new IOException(issuer + " says that it is the issuer "
                    + discovered.path("issuer").asText() + ": write spec.identity.issuer exactly so");
        }
        String address = discovered.path("jwks_uri").asText();
        JsonNode keys = get(address);
        if (!keys.path("keys").isArray() || keys.path("keys").isEmpty()) {
            throw new IOException(address + " holds no keys");
        }
        Known fresh = new Known(new Keys(address, keys.toString()), Instant.now());
        known.put(issuer, fresh);
        return fresh.keys();
    }

    private JsonNode get(String address) throws IOException {
        try {
            HttpRequest request =
                    HttpRequest.newBuilder(URI.create(address)).timeout(TIMEOUT).build();
            HttpResponse<byte[]> answer = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
            if (answer.statusCode() != 200 || answer.body().length > LONGEST) {
                throw new IOException(address + " answered with status " + answer.statusCode());
            }
            return JSON.readTree(answer.body());
        } catch (IllegalArgumentException e) {
            throw new IOException("\"" + address + "\" is no address", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }
}
