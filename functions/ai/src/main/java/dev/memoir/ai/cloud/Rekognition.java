package dev.memoir.ai.cloud;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.memoir.media.Label;
import dev.memoir.people.Region;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * AWS Rekognition's {@code DetectLabels} and {@code DetectModerationLabels} (API version 2016-06-27, JSON 1.1): two calls for each
 * picture.
 */
public final class Rekognition implements VisionService {
    static final int MOST_LABELS = 50;
    static final double LEAST_PERCENT = 50;

    /** "Guidelines and quotas in Amazon Rekognition": raw bytes of a picture that is sent along. */
    private static final int LARGEST = 5 << 20;

    /** Where nudity stands in the taxonomy: "Explicit" since moderation model 7, "Explicit Nudity" before and below it. */
    private static final Set<String> NUDITY = Set.of("Explicit", "Explicit Nudity");

    private static final Set<String> TOO_OFTEN =
            Set.of("ThrottlingException", "ProvisionedThroughputExceededException", "LimitExceededException");
    private static final Set<String> NOT_LET_IN = Set.of(
            "AccessDeniedException",
            "UnrecognizedClientException",
            "InvalidSignatureException",
            "ExpiredTokenException",
            "MissingAuthenticationTokenException",
            "IncompleteSignatureException");
    private static final Set<String> THIS_PICTURE =
            Set.of("InvalidImageFormatException", "ImageTooLargeException", "InvalidParameterException");

    private final URI endpoint;
    private final SignatureV4 signature;
    private final Wire wire;
    private final Clock clock;

    public Rekognition(URI endpoint, String region, String accessKey, String secretKey, Duration limit, Clock clock) {
        this.endpoint = endpoint.resolve("/");
        this.signature = new SignatureV4(region, "rekognition", accessKey, secretKey);
        this.wire = new Wire("AWS Rekognition", limit);
        this.clock = clock;
    }

    /** AWS's own address in a region. */
    public static URI address(String region) {
        return URI.create("https://rekognition." + region + ".amazonaws.com/");
    }

    @Override
    public Answer look(byte[] jpeg) {
        if (jpeg.length > LARGEST) {
            return new Answer.Refused("AWS Rekognition takes pictures up to " + LARGEST + " bytes, not " + jpeg.length);
        }
        ObjectNode labels = request(jpeg, LEAST_PERCENT).put("MaxLabels", MOST_LABELS);
        Wire.Reply said = ask("DetectLabels", labels);
        if (!said.ok()) {
            return failed("DetectLabels", said, false);
        }
        Wire.Reply moderated = ask("DetectModerationLabels", request(jpeg, LEAST_PERCENT));
        if (!moderated.ok()) {
            return failed("DetectModerationLabels", moderated, true);
        }
        return seen(list(said, "Labels"), list(moderated, "ModerationLabels"));
    }

    private static ObjectNode request(byte[] jpeg, double least) {
        ObjectNode request = Wire.JSON.createObjectNode().put("MinConfidence", least);
        request.putObject("Image").put("Bytes", jpeg);
        return request;
    }

    private Wire.Reply ask(String operation, ObjectNode request) {
        byte[] body = request.toString().getBytes(StandardCharsets.UTF_8);
        Map<String, String> headers =
                Map.of("content-type", "application/x-amz-json-1.1", "x-amz-target", "RekognitionService." + operation);
        return wire.post(endpoint, signature.sign(endpoint, headers, body, clock.instant()), body);
    }

    private static Answer failed(String operation, Wire.Reply reply, boolean charged) {
        String type = reply.body().path("__type").asText("");
        String name = type.substring(type.indexOf('#') + 1);
        String message =
                reply.body().path("message").asText(reply.body().path("Message").asText(""));
        String said = Wire.shortened(
                "AWS Rekognition answered " + operation + " with " + reply.status() + " " + name + " " + message);
        if (TOO_OFTEN.contains(name) || reply.status() == 429 || NOT_LET_IN.contains(name)) {
            return new Answer.Later(said, charged);
        }
        if (THIS_PICTURE.contains(name)) {
            return new Answer.Refused(said);
        }
        throw new VisionFailure(said);
    }

    private static JsonNode list(Wire.Reply reply, String name) {
        JsonNode list = reply.body().path(name);
        if (!list.isArray()) {
            throw new VisionFailure("AWS Rekognition's answer has no list " + name);
        }
        return list;
    }

    private static Answer seen(JsonNode labels, JsonNode moderation) {
        List<Label> names = new ArrayList<>();
        List<Answer.Thing> things = new ArrayList<>();
        for (JsonNode label : labels) {
            String name = label.path("Name").asText("").strip().toLowerCase(Locale.ROOT);
            if (name.isEmpty()) {
                throw new VisionFailure("AWS Rekognition's answer has a label without a name");
            }
            names.add(new Label(name, part(label)));
            for (JsonNode instance : label.path("Instances")) {
                JsonNode box = instance.path("BoundingBox");
                things.add(new Answer.Thing(name, part(instance), region(box)));
            }
        }
        names.sort(Comparator.comparingDouble(Label::confidence).reversed());
        double nsfw = 0;
        for (JsonNode label : moderation) {
            if (NUDITY.contains(label.path("Name").asText())) {
                nsfw = Math.max(nsfw, part(label));
            }
        }
        return new Answer.Seen(names, things, OptionalDouble.of(nsfw));
    }

    private static double part(JsonNode of) {
        double percent = of.path("Confidence").asDouble(Double.NaN);
        if (!(percent >= 0 && percent <= 100)) {
            throw new VisionFailure("AWS Rekognition's answer has a confidence that is none: " + of.path("Confidence"));
        }
        return percent / 100;
    }

    private static Region region(JsonNode box) {
        try {
            return new Region(
                    box.path("Left").asDouble(Double.NaN),
                    box.path("Top").asDouble(Double.NaN),
                    box.path("Width").asDouble(Double.NaN),
                    box.path("Height").asDouble(Double.NaN));
        } catch (IllegalArgumentException e) {
            throw new VisionFailure(
                    "AWS Rekognition's answer has a box that is none: " + Wire.shortened(box.toString()), e);
        }
    }
}
