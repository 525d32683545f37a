package dev.memoir.ai.cloud;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.memoir.media.Label;
import dev.memoir.people.Region;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;

/** Google Cloud Vision's {@code images:annotate} (v1) with an API key: one call with three features for each picture. */
public final class GoogleVision implements VisionService {
    /** Google's own address. */
    public static final URI ADDRESS = URI.create("https://vision.googleapis.com/");

    private static final int MOST_RESULTS = 50;
    private static final int TOO_MANY_REQUESTS = 429;

    /** {@code google.rpc.Code} of a picture's own error. */
    private static final int INVALID_ARGUMENT = 3;

    private static final int RESOURCE_EXHAUSTED = 8;
    private static final int UNAVAILABLE = 14;

    private final URI address;
    private final String key;
    private final Wire wire;

    public GoogleVision(URI endpoint, String key, Duration limit) {
        this.address = endpoint.resolve("/v1/images:annotate");
        this.key = key;
        this.wire = new Wire("Google Cloud Vision", limit);
    }

    @Override
    public Answer look(byte[] jpeg) {
        byte[] body = request(jpeg).toString().getBytes(StandardCharsets.UTF_8);
        // In a header: addresses are logged on the way.
        Wire.Reply reply = wire.post(
                address, Map.of("content-type", "application/json; charset=utf-8", "x-goog-api-key", key), body);
        if (!reply.ok()) {
            return failed(reply);
        }
        JsonNode first = reply.body().path("responses").path(0);
        if (!first.isObject()) {
            throw new VisionFailure("Google Cloud Vision's answer has nothing on the picture");
        }
        return first.has("error") ? pictureFailed(first.path("error")) : seen(first);
    }

    private static ObjectNode request(byte[] jpeg) {
        ObjectNode request = Wire.JSON.createObjectNode();
        ObjectNode one = request.putArray("requests").addObject();
        one.putObject("image").put("content", jpeg);
        ArrayNode features = one.putArray("features");
        features.addObject().put("type", "LABEL_DETECTION").put("maxResults", MOST_RESULTS);
        features.addObject().put("type", "SAFE_SEARCH_DETECTION");
        features.addObject().put("type", "OBJECT_LOCALIZATION").put("maxResults", MOST_RESULTS);
        return request;
    }

    private static Answer failed(Wire.Reply reply) {
        JsonNode error = reply.body().path("error");
        String said = Wire.shortened("Google Cloud Vision answered " + reply.status() + " "
                + error.path("status").asText("") + " " + error.path("message").asText(""));
        boolean notLetIn = reply.status() == 401 || reply.status() == 403 || said.contains("API key");
        if (reply.status() == TOO_MANY_REQUESTS || notLetIn) {
            return new Answer.Later(said, false);
        }
        throw new VisionFailure(said);
    }

    private static Answer pictureFailed(JsonNode error) {
        String said = Wire.shortened("Google Cloud Vision said of the picture: "
                + error.path("message").asText(""));
        return switch (error.path("code").asInt()) {
            case RESOURCE_EXHAUSTED, UNAVAILABLE -> new Answer.Later(said, false);
            case INVALID_ARGUMENT -> new Answer.Refused(said);
            default -> throw new VisionFailure(said);
        };
    }

    private static Answer seen(JsonNode said) {
        List<Label> labels = new ArrayList<>();
        for (JsonNode label : said.path("labelAnnotations")) {
            labels.add(new Label(name(label, "description"), score(label)));
        }
        labels.sort(Comparator.comparingDouble(Label::confidence).reversed());
        List<Answer.Thing> things = new ArrayList<>();
        for (JsonNode thing : said.path("localizedObjectAnnotations")) {
            things.add(new Answer.Thing(
                    name(thing, "name"),
                    score(thing),
                    region(thing.path("boundingPoly").path("normalizedVertices"))));
        }
        return new Answer.Seen(
                labels,
                things,
                nsfw(said.path("safeSearchAnnotation").path("adult").asText("UNKNOWN")));
    }

    private static String name(JsonNode of, String field) {
        String name = of.path(field).asText("").strip().toLowerCase(Locale.ROOT);
        if (name.isEmpty()) {
            throw new VisionFailure("Google Cloud Vision's answer has something without a name");
        }
        return name;
    }

    /** Zero is left out by protobuf's JSON. */
    private static double score(JsonNode of) {
        double score = of.path("score").asDouble(0);
        if (!(score >= 0 && score <= 1)) {
            throw new VisionFailure("Google Cloud Vision's answer has a score that is none: " + of.path("score"));
        }
        return score;
    }

    private static Region region(JsonNode corners) {
        double left = 1;
        double top = 1;
        double right = 0;
        double bottom = 0;
        for (JsonNode corner : corners) {
            left = Math.min(left, corner.path("x").asDouble(0));
            top = Math.min(top, corner.path("y").asDouble(0));
            right = Math.max(right, corner.path("x").asDouble(0));
            bottom = Math.max(bottom, corner.path("y").asDouble(0));
        }
        try {
            return new Region(left, top, right - left, bottom - top);
        } catch (IllegalArgumentException e) {
            throw new VisionFailure(
                    "Google Cloud Vision's answer has a place that is none: " + Wire.shortened(corners.toString()), e);
        }
    }

    /** Words as numbers, so that the rule's bound (0.8) parts "possible" from "likely". */
    private static OptionalDouble nsfw(String likelihood) {
        return switch (likelihood) {
            case "VERY_UNLIKELY" -> OptionalDouble.of(0.05);
            case "UNLIKELY" -> OptionalDouble.of(0.25);
            case "POSSIBLE" -> OptionalDouble.of(0.5);
            case "LIKELY" -> OptionalDouble.of(0.85);
            case "VERY_LIKELY" -> OptionalDouble.of(0.95);
            default -> OptionalDouble.empty();
        };
    }
}
