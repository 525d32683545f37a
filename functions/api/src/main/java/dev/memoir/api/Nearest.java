package dev.memoir.api;

import dev.memoir.media.Sha256;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Asks the AI function which pictures are nearest to words: everybody's, so that nothing of the answer may be told before row
 * security has looked at it.
 */
@ApplicationScoped
public class Nearest {
    /** The function may have to be started first. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final Pattern PLACE = Pattern.compile("[0-9a-f]{72}");
    private static final int HASH = 64;

    private final Optional<URI> address;
    private final Optional<String> token;
    private HttpClient http;

    /** @param address {@code MEMOIR_WORDS_URL} */
    public Nearest(
            @ConfigProperty(name = "memoir.words.url") Optional<URI> address,
            @ConfigProperty(name = "memoir.delivery.token") Optional<String> token) {
        this.address = address;
        this.token = token;
    }

    /** A place in the order, and the asset that is at it. */
    record Place(String text) {
        /** @throws IllegalArgumentException when it isn't one of ours */
        Place {
            if (!PLACE.matcher(text).matches()) {
                throw new IllegalArgumentException("not a place in the order: " + text);
            }
        }

        Sha256 asset() {
            return new Sha256(text.substring(0, HASH));
        }
    }

    /** @return at most {@code most} places after that one, the nearest first */
    List<Place> to(String words, int most, Optional<Place> after) {
        URI there = address.orElseThrow(() -> new Problem.Unavailable(
                "This installation does not say where its AI function is (MEMOIR_WORDS_URL is not set).", null));
        JsonObject question = new JsonObject().put("words", words).put("most", most);
        after.ifPresent(place -> question.put("after", place.text()));
        HttpRequest request = HttpRequest.newBuilder(there)
                .timeout(PATIENCE)
                .header("Content-Type", "application/json")
                .header("Authorization", "Bearer " + token.orElse(""))
                .POST(HttpRequest.BodyPublishers.ofString(question.encode()))
                .build();
        try {
            return read(http().send(request, HttpResponse.BodyHandlers.ofString()));
        } catch (IOException e) {
            throw away(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw away(e);
        }
    }

    private static List<Place> read(HttpResponse<String> answer) {
        switch (answer.statusCode()) {
            case 200 -> {}
            case 400 -> throw new Problem.BadInput("words: they can't be searched for");
            case 409 -> throw notInstalled();
            default -> throw away(new IOException("status " + answer.statusCode()));
        }
        try {
            return new JsonObject(answer.body())
                    .getJsonArray("places").stream()
                            .map(place -> new Place((String) place))
                            .toList();
        } catch (DecodeException | ClassCastException | NullPointerException | IllegalArgumentException e) {
            throw away(new IOException("an answer that can't be read", e));
        }
    }

    static Problem.NotInstalled notInstalled() {
        return new Problem.NotInstalled("This installation has no model that compares pictures with words. Whoever runs"
                + " it can install one: docs/analysis.md, Search by words.");
    }

    private static Problem.Unavailable away(Exception cause) {
        return new Problem.Unavailable("The AI function does not answer. Try again in a moment.", cause);
    }

    private synchronized HttpClient http() {
        if (http == null) {
            http = HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(Duration.ofSeconds(10))
                    .build();
        }
        return http;
    }
}
