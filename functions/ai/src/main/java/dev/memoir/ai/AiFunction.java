package dev.memoir.ai;

import dev.memoir.catalog.IngestCatalog;
import dev.memoir.events.AssetAnalysed;
import dev.memoir.events.AssetPreviewed;
import dev.memoir.events.EventTypes;
import dev.memoir.store.MediaStore;
import io.quarkus.funqy.Funq;
import io.quarkus.funqy.knative.events.CloudEvent;
import io.quarkus.funqy.knative.events.CloudEventBuilder;
import io.quarkus.funqy.knative.events.CloudEventMapping;

/** From CloudEvent to CloudEvent. An exception (the store or the database away, a model missing) means: try again. */
public class AiFunction {
    private static final String SOURCE = "memoir/ai";

    private final Analyst analyst;
    private final Rehearsal rehearsal;

    public AiFunction(MediaStore store, IngestCatalog catalog, Vision vision, FaceAnalyst faces, Elsewhere elsewhere) {
        this.analyst = new Analyst(store, catalog, vision, faces, elsewhere.service());
        this.rehearsal = new Rehearsal(store, catalog, vision);
    }

    /** @return null, which Funqy answers by 204, when there is nothing to analyse */
    @Funq("analyse")
    @CloudEventMapping(trigger = EventTypes.PREVIEWED)
    public CloudEvent<AssetAnalysed> analyse(AssetPreviewed previewed) {
        return analyst.analyse(previewed)
                .map(answer -> CloudEventBuilder.create()
                        .source(SOURCE)
                        .type(EventTypes.ANALYSED)
                        .subject(answer.sha256())
                        .build(answer))
                .orElse(null);
    }

    @Funq("rehearse")
    @CloudEventMapping(trigger = EventTypes.REHEARSE)
    public void rehearse() {
        rehearsal.run();
    }
}
