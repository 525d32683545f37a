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

/** How much waits in an instance's queue, as its runner says: asking it wakes nothing. */
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
        try {
            HttpRequest request = HttpRequest.newBuilder(URI.create(address + "/queue"))
                    .timeout(TIMEOUT)
                    .header("Authorization", "Bearer " + token)
                    .build();
            HttpResponse<byte[]> answer = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
            return answer.statusCode() == 200 ? Optional.of(read(JSON.readTree(answer.body()))) : Optional.empty();
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "{0} does not answer: {1}", address, e.getMessage());
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
