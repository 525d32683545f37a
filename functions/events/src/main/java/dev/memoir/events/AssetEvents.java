package dev.memoir.events;

import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import java.net.URI;
import java.util.UUID;

/** Events about assets. */
public final class AssetEvents {
    private AssetEvents() {}

    /**
     * An asset can be analysed.
     *
     * @param source who says so, such as {@code postprocessor}
     */
    public static CloudEvent previewed(String source, AssetPreviewed asset) {
        return CloudEventBuilder.v1()
                .withId(UUID.randomUUID().toString())
                .withSource(URI.create(source))
                .withType(EventTypes.PREVIEWED)
                .withSubject(asset.sha256())
                .withData("application/json", EventJson.write(asset))
                .build();
    }
}
