package dev.memoir.operator.reconcile;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** An instance's queue by way of its runner: how much waits, and a function's events held back. Nothing is woken by it. */
@ApplicationScoped
public class QueueLook {
    private static final Logger LOG = System.getLogger(QueueLook.class.getName());
    private static final Duration TIMEOUT = Duration.ofSeconds(2);
    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * @param lag events that wait or are under way, to one significant digit
     * @param dead events that were given up
     */
    record Queue(long lag, long dead) {}

    /**
     * An instance's runner.
     *
     * @param address of its admin API
     * @param authority that its certificate comes from, in PEM format
     * @param token that its admin API asks for
     */
    record Runner(String address, String authority, String token) {
        private HttpRequest.Builder call(String path) {
            return HttpRequest.newBuilder(URI.create(address + path)).header("Authorization", "Bearer " + token);
        }

        @Override
        public String toString() {
            return address;
        }
    }

    /** Empty when it does not answer. */
    Optional<Queue> at(Runner runner) {
        return answer(runner, runner.call("/queue")).map(QueueLook::read);
    }

    /** Holds a function's events back, at most for this time; zero lets them go on. Nothing where no runner answers. */
    void pause(Runner runner, String function, Duration most) {
        String call = "/pause?function=" + function + "&seconds=" + most.toSeconds();
        answer(runner, runner.call(call).POST(HttpRequest.BodyPublishers.noBody()));
    }

    private static Optional<JsonNode> answer(Runner runner, HttpRequest.Builder call) {
        HttpRequest request = call.timeout(TIMEOUT).build();
        try (HttpClient http = HttpClient.newBuilder()
                .connectTimeout(TIMEOUT)
                .sslContext(believing(runner.authority()))
                .build()) {
            HttpResponse<byte[]> answer = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
            return answer.statusCode() == 200 ? Optional.of(JSON.readTree(answer.body())) : Optional.empty();
        } catch (IOException | GeneralSecurityException e) {
            LOG.log(Level.DEBUG, "{0} does not answer: {1}", request.uri(), e.getMessage());
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    /** Each instance has an authority of its own. */
    private static SSLContext believing(String authority) throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setCertificateEntry(
                "authority",
                CertificateFactory.getInstance("X.509")
                        .generateCertificate(new ByteArrayInputStream(authority.getBytes(StandardCharsets.US_ASCII))));
        TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
        trust.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }

    static Queue read(JsonNode said) {
        long lag = said.path("store").asLong();
        for (JsonNode lane : said) {
            for (JsonNode kind : lane) {
                lag += kind.asLong();
            }
        }
        return new Queue(rounded(lag), said.path("dead").asLong());
    }

    /** What changes by the second is no status. */
    static long rounded(long count) {
        long unit = 1;
        while (count / unit >= 10) {
            unit *= 10;
        }
        return count / unit * unit;
    }
}
