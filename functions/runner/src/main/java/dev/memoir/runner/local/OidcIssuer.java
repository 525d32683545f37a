package dev.memoir.runner.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.memoir.identity.BearerVerifier;
import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/**
 * An OIDC issuer elsewhere: finds its keys by discovery (OpenID Connect Discovery 1.0, section 4) and keeps them in a file,
 * which everybody who verifies tokens reads. Looks again every hour, and when somebody shows a token of an unknown key, but not
 * more than once a minute. While it is away, the keys that are known hold.
 */
final class OidcIssuer {
    private static final Logger LOG = System.getLogger(OidcIssuer.class.getName());
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int PATIENCE_MILLIS = 10_000;
    private static final int LARGEST_ANSWER = 1 << 20;
    private static final Duration AGAIN = Duration.ofHours(1);
    private static final Duration AT_MOST_EACH = Duration.ofMinutes(1);

    private final String issuer;
    private final Path file;
    private final Duration atMostEach;
    private final AtomicLong looked = new AtomicLong();
    private volatile List<URI> others = List.of();
    private volatile Thread keeping;

    /** @param file where its keys are kept */
    OidcIssuer(String issuer, Path file) {
        this(issuer, file, AT_MOST_EACH);
    }

    OidcIssuer(String issuer, Path file, Duration atMostEach) {
        this.issuer = issuer;
        this.file = file;
        this.atMostEach = atMostEach;
    }

    /**
     * Looks for the first time.
     *
     * @throws IOException when there are no keys: it does not answer, or is not what it should be, and was never seen before
     */
    void find() throws IOException {
        try {
            look();
        } catch (IOException e) {
            if (!Files.exists(file)) {
                throw e;
            }
            LOG.log(Level.WARNING, "{0}; its keys of the last time hold", e.getMessage());
        }
    }

    /** Where it gives out tokens and takes them back, as it said the last time: nothing before that. */
    List<URI> others() {
        return others;
    }

    /** Looks again from time to time, until {@link #stop}. */
    void keep() {
        keeping = Thread.ofVirtual().name("issuer").start(() -> {
            try {
                while (true) {
                    Thread.sleep(AGAIN);
                    lookQuietly();
                }
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
        });
    }

    void stop() {
        if (keeping != null) {
            keeping.interrupt();
        }
    }

    /** Returns at once. */
    void lookSoon() {
        long before = looked.get();
        long now = System.nanoTime();
        if (now - before >= atMostEach.toNanos() && looked.compareAndSet(before, now)) {
            Thread.ofVirtual().name("issuer-now").start(this::lookQuietly);
        }
    }

    private void lookQuietly() {
        try {
            look();
        } catch (IOException e) {
            LOG.log(Level.WARNING, "{0}; the known keys hold", e.getMessage());
        }
    }

    private void look() throws IOException {
        looked.set(System.nanoTime());
        String configuration = issuer.replaceAll("/$", "") + "/.well-known/openid-configuration";
        JsonNode said = JSON.readTree(get(configuration));
        if (!issuer.equals(said.path("issuer").asText())) {
            throw new IOException(configuration + " names the issuer " + said.path("issuer")
                    + ", and identity.issuer must be exactly that, not " + issuer);
        }
        String where = said.path("jwks_uri").asText();
        if (issuer.startsWith("https:") && !where.startsWith("https:")) {
            throw new IOException(configuration + " names keys that come without TLS: " + where);
        }
        others = Stream.of("token_endpoint", "revocation_endpoint")
                .map(name -> said.path(name).asText())
                .filter(address -> address.matches("https?://[^/\\s;,]+(/\\S*)?"))
                .map(URI::create)
                .toList();
        String jwks = get(where);
        try {
            BearerVerifier.of(jwks, issuer, "");
        } catch (IllegalArgumentException e) {
            throw new IOException(where + ": " + e.getMessage(), e);
        }
        if (!Files.exists(file) || !Files.readString(file).equals(jwks)) {
            Path fresh = Files.createTempFile(file.getParent(), "issuer", ".new");
            Files.writeString(fresh, jwks);
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private static String get(String address) throws IOException {
        try {
            HttpURLConnection connection =
                    (HttpURLConnection) URI.create(address).toURL().openConnection();
            connection.setConnectTimeout(PATIENCE_MILLIS);
            connection.setReadTimeout(PATIENCE_MILLIS);
            connection.setInstanceFollowRedirects(false);
            if (connection.getResponseCode() != HttpURLConnection.HTTP_OK) {
                throw new IOException("it answered " + connection.getResponseCode());
            }
            try (InputStream body = connection.getInputStream()) {
                return new String(body.readNBytes(LARGEST_ANSWER), StandardCharsets.UTF_8);
            }
        } catch (IOException | IllegalArgumentException | ClassCastException e) {
            throw new IOException("the issuer can't be asked for " + address + ": " + e.getMessage(), e);
        }
    }
}
