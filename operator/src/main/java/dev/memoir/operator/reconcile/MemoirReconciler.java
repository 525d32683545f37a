package dev.memoir.operator.reconcile;

import dev.memoir.operator.api.MemoirInstance;
import dev.memoir.operator.api.MemoirInstanceStatus;
import dev.memoir.operator.desired.Capabilities;
import dev.memoir.operator.desired.Images;
import dev.memoir.operator.desired.Names;
import dev.memoir.operator.desired.UserSecrets;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import io.javaoperatorsdk.operator.api.config.informer.Informer;
import io.javaoperatorsdk.operator.api.config.informer.InformerEventSourceConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.ErrorStatusUpdateControl;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.EventSourceRetriever;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import io.javaoperatorsdk.operator.processing.retry.GradualRetry;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Looks at one instance, walks through its phases and says how far that came. */
@ControllerConfiguration(name = "memoirinstances", informer = @Informer(informerListLimit = MemoirReconciler.PAGE))
@GradualRetry(maxAttempts = -1, initialInterval = 1000, maxInterval = 60_000)
public class MemoirReconciler implements Reconciler<MemoirInstance> {
    private static final Logger LOG = System.getLogger(MemoirReconciler.class.getName());
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int SECRET_BYTES = 24;

    /** Objects that the first look at a kind gets at once. */
    static final long PAGE = 50;

    private static final Duration CAPABILITIES_KEPT = Duration.ofSeconds(30);

    private final Images images;
    private final String version;
    private final IssuerKeys issuers;
    private final QueueLook queues;
    private final EventRecorder events;
    private final InstanceMetrics metrics;
    private final Clock clock = Clock.systemUTC();
    private final EnumSet<Extension> extensions = EnumSet.noneOf(Extension.class);
    private Capabilities can;
    private Instant lookedAt = Instant.MIN;

    public MemoirReconciler(
            @ConfigProperty(name = "memoir.images.prefix", defaultValue = "dev.local") String prefix,
            @ConfigProperty(name = "memoir.images.tag", defaultValue = "0.1.0") String tag,
            IssuerKeys issuers,
            QueueLook queues,
            EventRecorder events,
            InstanceMetrics metrics) {
        this.queues = queues;
        this.events = events;
        this.metrics = metrics;
        this.images = Images.of(prefix, tag);
        this.version = tag;
        this.issuers = issuers;
    }

    /** Limited by label, so that a cluster's other objects cost nothing. */
    @Override
    public List<EventSource<?, MemoirInstance>> prepareEventSources(EventSourceContext<MemoirInstance> context) {
        List<EventSource<?, MemoirInstance>> sources = new ArrayList<>();
        Kinds.BUILT_IN.forEach(kind -> sources.add(source(kind, context)));
        for (Extension extension : Extension.values()) {
            if (extension.isIn(context.getClient())) {
                extensions.add(extension);
                extension.kinds().forEach(kind -> sources.add(source(kind, context)));
            }
        }
        sources.add(new InformerEventSource<>(
                InformerEventSourceConfiguration.from(Secret.class, MemoirInstance.class)
                        .withName("supplied-secrets")
                        .withLabelSelector(Names.PART_OF + "=" + Names.MEMOIR)
                        .withSecondaryToPrimaryMapper(secret -> inNamespace(secret, context))
                        .withPrimaryToSecondaryMapper(MemoirReconciler::supplied)
                        .build(),
                context));
        return sources;
    }

    private static <T extends HasMetadata> InformerEventSource<T, MemoirInstance> source(
            Class<T> kind, EventSourceContext<MemoirInstance> context) {
        InformerEventSourceConfiguration.Builder<T> watch = InformerEventSourceConfiguration.from(
                        kind, MemoirInstance.class)
                .withName("owned-" + HasMetadata.getFullResourceName(kind))
                .withLabelSelector(Names.MANAGED_BY + "=" + Names.OPERATOR)
                .withInformerListLimit(PAGE)
                .withSecondaryToPrimaryMapper(MemoirReconciler::whose);
        if (context.getControllerConfiguration().getEffectiveNamespaces().size() == 1) {
            // Of several namespaces each has a watch, which would take the others' objects for deleted ones.
            watch.withItemStore(new PackedStore<>(kind, context.getClient().getKubernetesSerialization()));
        }
        return new InformerEventSource<>(watch.build(), context);
    }

    private static Set<ResourceID> whose(HasMetadata object) {
        String name = object.getMetadata().getLabels().get(Names.INSTANCE);
        return name == null
                ? Set.of()
                : Set.of(new ResourceID(name, object.getMetadata().getNamespace()));
    }

    private static Set<ResourceID> supplied(MemoirInstance instance) {
        return UserSecrets.of(instance).keySet().stream()
                .map(name -> new ResourceID(name, instance.getMetadata().getNamespace()))
                .collect(Collectors.toSet());
    }

    /** Any instance beside it may use it. */
    private static Set<ResourceID> inNamespace(HasMetadata object, EventSourceContext<MemoirInstance> context) {
        return context.getPrimaryCache()
                .list(object.getMetadata().getNamespace(), instance -> true)
                .map(ResourceID::fromResource)
                .collect(Collectors.toSet());
    }

    @Override
    public UpdateControl<MemoirInstance> reconcile(MemoirInstance instance, Context<MemoirInstance> context) {
        metrics.observe(context.getPrimaryCache()::list);
        if (Boolean.TRUE.equals(instance.getSpec().paused())) {
            Walk walk = new Walk()
                    .then(
                            Phase.Capable,
                            () -> new Outcome.Blocked(
                                    Reason.Paused,
                                    "The instance is paused: " + StatusOf.next(Reason.Paused, instance, Map.of())));
            events.record(context.getClient(), instance, walk, clock.instant());
            return tell(instance, new StatusOf(instance, clock.instant()).after(walk, Seen.NOTHING, version));
        }
        Capabilities present = capabilities(context);
        Cluster cluster = new Cluster(instance, context);
        Phases phases = new Phases(
                instance,
                cluster,
                images,
                watched(),
                present,
                issuers,
                queues,
                MemoirReconciler::random,
                clock.instant());
        Walk walk = phases.walk();
        log(instance, walk.outcome());
        events.record(context.getClient(), instance, walk, clock.instant());
        Seen seen = phases.seen(walk.goesOn());
        Instant now = clock.instant();
        MemoirInstanceStatus status = new StatusOf(instance, now).after(walk, seen, version);
        return tell(instance, status).rescheduleAfter(NextLook.after(walk.outcome(), seen.isWaking(), status, now));
    }

    private static UpdateControl<MemoirInstance> tell(MemoirInstance instance, MemoirInstanceStatus status) {
        if (status.equals(instance.getStatus())) {
            return UpdateControl.noUpdate();
        }
        MemoirInstance patch = new MemoirInstance();
        patch.getMetadata().setName(instance.getMetadata().getName());
        patch.getMetadata().setNamespace(instance.getMetadata().getNamespace());
        patch.setStatus(status);
        return UpdateControl.patchStatus(patch);
    }

    private static void log(MemoirInstance instance, Outcome outcome) {
        LOG.log(
                Consequence.of(outcome).level(),
                "{0}/{1}: {2}: {3}",
                instance.getMetadata().getNamespace(),
                instance.getMetadata().getName(),
                outcome.reason(),
                outcome.message());
    }

    private synchronized Capabilities capabilities(Context<MemoirInstance> context) {
        if (can == null || lookedAt.plus(CAPABILITIES_KEPT).isBefore(clock.instant())) {
            notice(context);
            can = Preflight.look(context.getClient(), extensions);
            lookedAt = clock.instant();
        }
        return can;
    }

    private synchronized Set<Extension> watched() {
        return Set.copyOf(extensions);
    }

    /** What was installed after the operator is watched from now on. */
    private void notice(Context<MemoirInstance> context) {
        EventSourceRetriever<MemoirInstance> sources = context.eventSourceRetriever();
        for (Extension extension : EnumSet.complementOf(extensions)) {
            if (extension.isIn(context.getClient())) {
                LOG.log(Level.INFO, "{0} is there now: its objects are watched", extension);
                extension
                        .kinds()
                        .forEach(kind -> sources.dynamicallyRegisterEventSource(
                                source(kind, sources.eventSourceContextForDynamicRegistration())));
                extensions.add(extension);
            }
        }
    }

    /** Hexadecimal, so that it needs no quoting anywhere. */
    private static String random() {
        byte[] bytes = new byte[SECRET_BYTES];
        RANDOM.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    @Override
    public ErrorStatusUpdateControl<MemoirInstance> updateErrorStatus(
            MemoirInstance instance, Context<MemoirInstance> context, Exception failure) {
        Walk walk = new Walk()
                .then(
                        Phase.Capable,
                        () -> new Outcome.Failed(
                                Reason.Unexpected, "The operator will try again: " + failure.getMessage()));
        events.record(context.getClient(), instance, walk, clock.instant());
        MemoirInstanceStatus status = new StatusOf(instance, clock.instant()).after(walk, Seen.NOTHING, version);
        return tell(instance, status)
                .getResource()
                .map(ErrorStatusUpdateControl::patchStatus)
                .orElseGet(ErrorStatusUpdateControl::noStatusUpdate);
    }
}
