package dev.memoir.postprocessor;

import dev.memoir.events.AssetPreviewed;
import dev.memoir.events.EventTypes;
import dev.memoir.events.ObjectHint;
import io.quarkus.funqy.Funq;
import io.quarkus.funqy.knative.events.CloudEvent;
import io.quarkus.funqy.knative.events.CloudEventBuilder;
import io.quarkus.funqy.knative.events.CloudEventMapping;
import java.util.Optional;

/**
 * One method for each type of event; what kind it was makes no difference, since an event only means "look at this key
 * now". An exception becomes status 500 and means "try again later"; no answer becomes 204.
 */
public class Postprocessor {
    private static final String SOURCE = "memoir/postprocessor";

    private final Intake intake;
    private final Rehearsal rehearsal;

    public Postprocessor(Intake intake, Rehearsal rehearsal) {
        this.intake = intake;
        this.rehearsal = rehearsal;
    }

    @Funq
    @CloudEventMapping(trigger = EventTypes.PUT, responseSource = SOURCE, responseType = EventTypes.PREVIEWED)
    public CloudEvent<AssetPreviewed> put(CloudEvent<ObjectHint> event) {
        return answer(intake.look(event.data()));
    }

    @Funq
    @CloudEventMapping(trigger = EventTypes.POST, responseSource = SOURCE, responseType = EventTypes.PREVIEWED)
    public CloudEvent<AssetPreviewed> post(CloudEvent<ObjectHint> event) {
        return answer(intake.look(event.data()));
    }

    @Funq
    @CloudEventMapping(trigger = EventTypes.COPY, responseSource = SOURCE, responseType = EventTypes.PREVIEWED)
    public CloudEvent<AssetPreviewed> copy(CloudEvent<ObjectHint> event) {
        return answer(intake.look(event.data()));
    }

    @Funq
    @CloudEventMapping(trigger = EventTypes.MULTIPART, responseSource = SOURCE, responseType = EventTypes.PREVIEWED)
    public CloudEvent<AssetPreviewed> multipart(CloudEvent<ObjectHint> event) {
        return answer(intake.look(event.data()));
    }

    @Funq
    @CloudEventMapping(trigger = EventTypes.DELETE, responseSource = SOURCE, responseType = EventTypes.PREVIEWED)
    public CloudEvent<AssetPreviewed> delete(CloudEvent<ObjectHint> event) {
        return answer(intake.look(event.data()));
    }

    @Funq
    @CloudEventMapping(trigger = EventTypes.DELETE_MARKER, responseSource = SOURCE, responseType = EventTypes.PREVIEWED)
    public CloudEvent<AssetPreviewed> deleteMarker(CloudEvent<ObjectHint> event) {
        return answer(intake.look(event.data()));
    }

    @Funq
    @CloudEventMapping(trigger = EventTypes.SWEPT, responseSource = SOURCE, responseType = EventTypes.PREVIEWED)
    public CloudEvent<AssetPreviewed> swept(CloudEvent<ObjectHint> event) {
        return answer(intake.lookThoroughly(event.data()));
    }

    @Funq
    @CloudEventMapping(trigger = EventTypes.REHEARSE, responseSource = SOURCE, responseType = EventTypes.PREVIEWED)
    public CloudEvent<AssetPreviewed> rehearse() {
        rehearsal.run();
        return answer(Optional.empty());
    }

    private static CloudEvent<AssetPreviewed> answer(Optional<AssetPreviewed> previewed) {
        return previewed.map(data -> CloudEventBuilder.create().build(data)).orElse(null);
    }
}
