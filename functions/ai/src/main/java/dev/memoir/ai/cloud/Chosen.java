package dev.memoir.ai.cloud;

import dev.memoir.models.VisionProvider;
import dev.memoir.store.MediaStore;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** The service that the configuration chooses. */
public final class Chosen {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    /** Enough to try it, and a few dollars at most. */
    private static final String PICTURES = "1000";

    private static final String RATE = "5";
    private static final double NANOS = 1e9;

    private Chosen() {}

    /**
     * @param setting the value of a variable such as {@code MEMOIR_VISION}; null when it is not set
     * @return empty: the models here
     * @throws IllegalArgumentException when the configuration makes no sense; it names the variable, never a key
     */
    public static Optional<CloudVision> of(UnaryOperator<String> setting, MediaStore store, Clock clock) {
        VisionProvider provider = VisionProvider.named(or(setting, "MEMOIR_VISION", "local"));
        if (provider == VisionProvider.LOCAL) {
            return Optional.empty();
        }
        var budget = new Budget(
                store.documents(),
                provider.model(),
                (long) number(setting, "MEMOIR_VISION_PICTURES", PICTURES, 0),
                clock);
        double rate = number(setting, "MEMOIR_VISION_RATE", RATE, Double.MIN_VALUE);
        return Optional.of(new CloudVision(
                provider,
                service(provider, setting, clock),
                budget,
                Duration.ofNanos((long) (NANOS / rate)),
                standIn(or(setting, "MEMOIR_VISION_SPENT", "local")),
                Thread::sleep));
    }

    private static VisionService service(VisionProvider provider, UnaryOperator<String> setting, Clock clock) {
        Optional<URI> endpoint =
                Optional.ofNullable(setting.apply("MEMOIR_VISION_ENDPOINT")).map(URI::create);
        return switch (provider) {
            case REKOGNITION -> {
                String region = required(setting, "MEMOIR_VISION_REGION");
                yield new Rekognition(
                        endpoint.orElseGet(() -> Rekognition.address(region)),
                        region,
                        required(setting, "MEMOIR_VISION_ACCESS_KEY"),
                        required(setting, "MEMOIR_VISION_SECRET_KEY"),
                        LIMIT,
                        clock);
            }
            case GOOGLE ->
                new GoogleVision(endpoint.orElse(GoogleVision.ADDRESS), required(setting, "MEMOIR_VISION_KEY"), LIMIT);
            case LOCAL -> throw new IllegalArgumentException("the models here are no service");
        };
    }

    private static boolean standIn(String spent) {
        return switch (spent) {
            case "local" -> true;
            case "wait" -> false;
            default -> throw new IllegalArgumentException("MEMOIR_VISION_SPENT is local or wait, not " + spent);
        };
    }

    private static double number(UnaryOperator<String> setting, String name, String otherwise, double least) {
        String text = or(setting, name, otherwise);
        try {
            double number = Double.parseDouble(text);
            if (number >= least && number <= Integer.MAX_VALUE) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(name + " is a number, not " + text, e);
        }
        throw new IllegalArgumentException(name + " can't be " + text);
    }

    private static String or(UnaryOperator<String> setting, String name, String otherwise) {
        String value = setting.apply(name);
        return value == null || value.isBlank() ? otherwise : value.strip();
    }

    private static String required(UnaryOperator<String> setting, String name) {
        String value = or(setting, name, "");
        if (value.isEmpty()) {
            throw new IllegalArgumentException(name + " is not set, and the vision service needs it");
        }
        return value;
    }
}
