package dev.memoir.operator.reconcile;

import dev.memoir.operator.api.MemoirInstance;
import dev.memoir.operator.api.MemoirInstanceStatus;
import dev.memoir.operator.desired.Names;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ObjectReferenceBuilder;
import io.fabric8.kubernetes.api.model.events.v1.Event;
import io.fabric8.kubernetes.api.model.events.v1.EventBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import jakarta.enterprise.context.ApplicationScoped;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Tells as Kubernetes events (events.k8s.io/v1) when a phase's outcome has become another one. */
@ApplicationScoped
public class EventRecorder {
    private static final Logger LOG = System.getLogger(EventRecorder.class.getName());

    /** What goes back and forth is told this often at most. */
    private static final Duration TOLD_AGAIN_AFTER = Duration.ofMinutes(10);

    private static final int MOST_REMEMBERED = 2000;

    /** The API server takes no longer ones. */
    private static final int LONGEST_NOTE = 1024;

    private static final DateTimeFormatter MICROSECONDS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

    private final Map<String, Instant> told = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Instant> eldest) {
            return size() > MOST_REMEMBERED;
        }
    };

    /** Events are for people: that one can't be written holds up nothing. */
    void record(KubernetesClient client, MemoirInstance instance, Walk walk, Instant now) {
        changed(instance, walk).forEach((phase, outcome) -> {
            if (isNews(instance.getMetadata().getUid() + "/" + phase + "/" + outcome.reason(), now)) {
                try {
                    client.resource(event(instance, phase, outcome, now)).create();
                } catch (KubernetesClientException e) {
                    LOG.log(Level.WARNING, "an event could not be written: {0}", e.getMessage());
                }
            }
        });
    }

    /** @return the outcomes that the status does not say yet */
    static Map<Phase, Outcome> changed(MemoirInstance instance, Walk walk) {
        Map<Phase, Outcome> changed = new EnumMap<>(Phase.class);
        walk.outcomes().forEach((phase, outcome) -> {
            Optional<Condition> before =
                    Optional.ofNullable(instance.getStatus()).map(MemoirInstanceStatus::conditions).stream()
                            .flatMap(List::stream)
                            .filter(condition -> condition.getType().equals(phase.name()))
                            .findFirst();
            boolean same = before.filter(condition -> condition
                                    .getStatus()
                                    .equals(Consequence.of(outcome).status())
                            && condition.getReason().equals(outcome.reason().name()))
                    .isPresent();
            if (!same) {
                changed.put(phase, outcome);
            }
        });
        return changed;
    }

    synchronized boolean isNews(String what, Instant now) {
        Instant before = told.get(what);
        if (before != null && before.plus(TOLD_AGAIN_AFTER).isAfter(now)) {
            return false;
        }
        told.remove(what);
        told.put(what, now);
        return true;
    }

    static Event event(MemoirInstance instance, Phase phase, Outcome outcome, Instant now) {
        String message = outcome.message();
        return new EventBuilder()
                .withNewMetadata()
                .withGenerateName(instance.getMetadata().getName() + "-")
                .withNamespace(instance.getMetadata().getNamespace())
                .endMetadata()
                .withNewEventTime(MICROSECONDS.format(now))
                .withReportingController("memoir.dev/" + Names.OPERATOR)
                .withReportingInstance(System.getenv().getOrDefault("HOSTNAME", Names.OPERATOR))
                .withRegarding(new ObjectReferenceBuilder()
                        .withApiVersion(instance.getApiVersion())
                        .withKind(instance.getKind())
                        .withNamespace(instance.getMetadata().getNamespace())
                        .withName(instance.getMetadata().getName())
                        .withUid(instance.getMetadata().getUid())
                        .build())
                .withType(Consequence.of(outcome).event())
                .withReason(outcome.reason().name())
                .withAction(phase.name())
                .withNote(message.length() <= LONGEST_NOTE ? message : message.substring(0, LONGEST_NOTE))
                .build();
    }
}
