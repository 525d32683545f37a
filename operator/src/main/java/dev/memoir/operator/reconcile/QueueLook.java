package dev.memoir.operator.reconcile;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;

/** An instance's queue by way of its runner: how much waits, and a function's events held back. Nothing is woken by it. */
@ApplicationScoped
public class QueueLook {
    private static final Logger LOG = System.getLogger(QueueLook.class.getName());
    private static final Duration TIMEOUT = Duration.ofSeconds(2);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(TIMEOUT).build();

    /**
     * @param lag events that wait or are under way, to one significant digit
     * @param dead events that were given up
     */
    record Queue(long lag, long dead) {}

    /**
     * @param address of the runner's admin API
     * @return empty when it does not answer
     */
    Optional<Queue> at(String address, String token) {
        return answer(token, HttpRequest.newBuilder(URI.create(address + "/queue")))
                .map(QueueLook::read);
    }

    /**
     * Holds a function's events back, at most for this time; zero lets them go on.
     *
     * @return whether the runner has done it
     */
    boolean pause(String address, String token, String function, Duration most) {
        URI call = URI.create(address + "/pause?function=" + function + "&seconds=" + most.toSeconds());
        return answer(token, HttpRequest.newBuilder(call).POST(HttpRequest.BodyPublishers.noBody()))
                .isPresent();
    }

    private Optional<JsonNode> answer(String token, HttpRequest.Builder call) {
        HttpRequest request =
                call.timeout(TIMEOUT).header("Authorization", "Bearer " + token).build();
        try {
            HttpResponse<byte[]> answer = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
            return answer.statusCode() == 200 ? Optional.of(JSON.readTree(answer.body())) : Optional.empty();
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "{0} does not answer: {1}", request.uri(), e.getMessage());
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
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
