package dev.memoir.ai;

import dev.memoir.ai.model.ModelMissing;
import dev.memoir.ai.words.NotSearchable;
import dev.memoir.ai.words.WordSearch;
import dev.memoir.vectors.Found;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * {@code POST /words}: which pictures are nearest to words. Only whoever has the delivery token may ask, which is the API: the
 * answer speaks of everybody's. What is asked for is not logged.
 */
@ApplicationScoped
public class WordRoutes {
    private static final Logger LOG = Logger.getLogger(WordRoutes.class);
    private static final int LARGEST_BODY = 8 << 10;
    private static final int MOST_WORDS = 1_000;
    private static final int MOST = 20_000;
    private static final int ID = 32;

    private final WordSearch search;

    public WordRoutes(WordSearch search) {
        this.search = search;
    }

    /** In its usual place, so behind who lets nobody in without the token. */
    void routes(@Observes Router router) {
        router.post("/words")
                .handler(BodyHandler.create(false).setBodyLimit(LARGEST_BODY))
                .blockingHandler(this::find, false);
    }

    private void find(RoutingContext context) {
        try {
            JsonObject asked = context.body().asJsonObject();
            List<Found> found = search.find(words(asked), most(asked), after(asked));
            JsonArray places = new JsonArray();
            found.forEach(one -> places.add(place(one)));
            context.response()
                    .putHeader("Content-Type", "application/json")
                    .end(new JsonObject().put("places", places).encode());
        } catch (DecodeException | IllegalArgumentException | ClassCastException | NullPointerException e) {
            refuse(context, 400, "the question can't be read");
        } catch (NotSearchable | ModelMissing e) {
            refuse(context, 409, e.getMessage());
        } catch (RuntimeException e) {
            LOG.errorf(e, "a search by words failed");
            refuse(context, 500, "the search failed");
        }
    }

    private static String words(JsonObject asked) {
        String words = asked.getString("words");
        if (words.isBlank() || words.length() > MOST_WORDS) {
            throw new IllegalArgumentException("no words, or too many");
        }
        return words;
    }

    private static int most(JsonObject asked) {
        int most = asked.getInteger("most");
        if (most < 1 || most > MOST) {
            throw new IllegalArgumentException("most");
        }
        return most;
    }

    /** An asset's hash and then the bits of its score, which say exactly where in the order it is. */
    private static String place(Found found) {
        HexFormat hex = HexFormat.of();
        return hex.formatHex(found.id()) + hex.toHexDigits(Float.floatToIntBits(found.score()));
    }

    private static Optional<Found> after(JsonObject asked) {
        return Optional.ofNullable(asked.getString("after")).map(place -> {
            if (place.length() != 2 * (ID + Float.BYTES)) {
                throw new IllegalArgumentException("no place");
            }
            return new Found(
                    HexFormat.of().parseHex(place, 0, 2 * ID),
                    Float.intBitsToFloat(HexFormat.fromHexDigits(place, 2 * ID, place.length())));
        });
    }

    private static void refuse(RoutingContext context, int status, String reason) {
        context.response()
                .setStatusCode(status)
                .putHeader("Content-Type", "application/json")
                .end(new JsonObject().put("reason", reason).encode());
    }
}
