package dev.memoir.operator.desired;

import dev.memoir.operator.api.MemoirInstance;
import dev.memoir.operator.api.Vision;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What programs are told of the vision service that labels pictures. */
final class VisionService {
    private static final String ACCESS_KEY = "accessKey";
    private static final String SECRET_KEY = "secretKey";
    private static final String KEY = "key";

    private VisionService() {}

    /** Who looks, or empty for the models here: what photos lack depends on it. */
    static Optional<String> provider(MemoirInstance instance) {
        return wish(instance).map(vision -> vision.provider().name().toLowerCase(Locale.ROOT));
    }

    private static Optional<Vision> wish(MemoirInstance instance) {
        return Optional.ofNullable(instance.getSpec().functions().ai().vision());
    }

    /** The fields of its secret. */
    static List<String> fields(Vision vision) {
        return switch (vision.provider()) {
            case Rekognition -> List.of(ACCESS_KEY, SECRET_KEY);
            case Google -> List.of(KEY);
        };
    }

    /** What the AI function is told. */
    static Environment tell(Environment environment, MemoirInstance instance) {
        wish(instance).ifPresent(vision -> {
            environment
                    .value("MEMOIR_VISION", provider(instance))
                    .value("MEMOIR_VISION_REGION", Optional.ofNullable(vision.region()))
                    .value("MEMOIR_VISION_PICTURES", vision.pictures().toString())
                    .value("MEMOIR_VISION_RATE", vision.rate().toString())
                    .value("MEMOIR_VISION_SPENT", vision.spent().name().toLowerCase(Locale.ROOT));
            switch (vision.provider()) {
                case Rekognition ->
                    environment
                            .secret("MEMOIR_VISION_ACCESS_KEY", vision.secret(), ACCESS_KEY)
                            .secret("MEMOIR_VISION_SECRET_KEY", vision.secret(), SECRET_KEY);
                case Google -> environment.secret("MEMOIR_VISION_KEY", vision.secret(), KEY);
            }
        });
        return environment;
    }
}
