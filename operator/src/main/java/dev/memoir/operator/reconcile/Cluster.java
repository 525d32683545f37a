package dev.memoir.operator.reconcile;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.memoir.operator.api.MemoirInstance;
import dev.memoir.operator.desired.Hash;
import dev.memoir.operator.desired.Names;
import dev.memoir.operator.desired.SecretContent;
import io.fabric8.knative.serving.v1.Revision;
import io.fabric8.knative.serving.v1.Service;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSetStatus;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.readiness.Readiness;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** One instance's objects in the cluster: read from the watches' caches, written by server-side apply, and only if need be. */
final class Cluster {
    private static final Logger LOG = System.getLogger(Cluster.class.getName());

    /** In one order, whatever the maps that an object was made from. */
    private static final ObjectMapper JSON =
            new ObjectMapper().configure(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS, true);

    /** What an object was last applied from: tells that something is no longer desired. */
    private static final String APPLIED = "memoir.dev/applied";

    private static final PatchContext SERVER_SIDE = new PatchContext.Builder()
            .withPatchType(PatchType.SERVER_SIDE_APPLY)
            .withFieldManager(Names.OPERATOR)
            .withForce(true)
            .build();

    private final MemoirInstance instance;
    private final Context<MemoirInstance> context;
    private final Set<String> desired = new HashSet<>();

    Cluster(MemoirInstance instance, Context<MemoirInstance> context) {
        this.instance = instance;
        this.context = context;
    }

    KubernetesClient client() {
        return context.getClient();
    }

    <T extends HasMetadata> Optional<T> find(Class<T> kind, String name) {
        return all(kind)
                .filter(object -> object.getMetadata().getName().equals(name))
                .findFirst();
    }

    /** Those that the operator made, and those that Knative made for them. */
    <T extends HasMetadata> Stream<T> all(Class<T> kind) {
        return context.getSecondaryResourcesAsStream(kind);
    }

    /** Applies those that differ from what is there. */
    void apply(List<? extends HasMetadata> objects) {
        objects.forEach(this::apply);
    }

    /** Whether it is there, but something else is desired than when it was last applied. */
    boolean isToChange(HasMetadata object) {
        return find(object.getClass(), object.getMetadata().getName())
                .filter(live -> !hash(object).equals(annotation(live, APPLIED)))
                .isPresent();
    }

    private void apply(HasMetadata object) {
        desired.add(identity(object));
        Optional<? extends HasMetadata> live =
                find(object.getClass(), object.getMetadata().getName());
        Optional<String> reason = live.isEmpty()
                ? Optional.of("it is not there")
                : isToChange(object)
                        ? Optional.of("something else is desired")
                        : Drift.between(tree(object), tree(live.get())).map(path -> path + " was changed");
        if (reason.isEmpty()) {
            return;
        }
        LOG.log(
                Level.INFO,
                "{0} in {1} is applied: {2}",
                identity(object),
                instance.getMetadata().getNamespace(),
                reason.get());
        Map<String, String> annotations =
                new TreeMap<>(Objects.requireNonNullElse(object.getMetadata().getAnnotations(), Map.of()));
        annotations.put(APPLIED, hash(object));
        object.getMetadata().setAnnotations(annotations);
        client().resource(object).patch(SERVER_SIDE);
    }

    /** Removes what the operator has made for this instance and nobody wants any more; to be called when all was applied. */
    void prune(List<Class<? extends HasMetadata>> kinds) {
        List<HasMetadata> surplus = new ArrayList<>();
        for (Class<? extends HasMetadata> kind : kinds) {
            all(kind)
                    .filter(this::isOwned)
                    .filter(object -> !desired.contains(identity(object)))
                    .forEach(surplus::add);
        }
        surplus.forEach(this::remove);
    }

    /** Removes what the operator has made for this instance and what must go before something else can be made. */
    <T extends HasMetadata> void remove(Class<T> kind, String name) {
        find(kind, name).filter(this::isOwned).ifPresent(this::remove);
    }

    private void remove(HasMetadata object) {
        LOG.log(
                Level.INFO,
                "{0} in {1} is removed",
                identity(object),
                instance.getMetadata().getNamespace());
        client().resource(object).delete();
    }

    /** Knative hands its services' labels and annotations on to what it makes for them; that is not ours to remove. */
    private boolean isOwned(HasMetadata object) {
        return object.getMetadata().getOwnerReferences().stream()
                .anyMatch(owner ->
                        Objects.equals(owner.getUid(), instance.getMetadata().getUid()));
    }

    /**
     * Removes a part's pod that does not become ready and is no longer what is desired: Kubernetes itself waits for it for good
     * (kubernetes/kubernetes#67250).
     */
    void replaceStuck(String part) {
        Optional<StatefulSetStatus> status = find(StatefulSet.class, part).map(StatefulSet::getStatus);
        if (status.isEmpty()
                || Objects.equals(
                        status.get().getCurrentRevision(), status.get().getUpdateRevision())) {
            return;
        }
        var pod = client().pods()
                .inNamespace(instance.getMetadata().getNamespace())
                .withName(part + "-0");
        Pod found = pod.get();
        if (found != null
                && !Readiness.isPodReady(found)
                && !Objects.equals(
                        found.getMetadata().getLabels().get("controller-revision-hash"),
                        status.get().getUpdateRevision())) {
            LOG.log(Level.INFO, "pod {0}-0 is removed: it never became ready, and something else is desired", part);
            pod.delete();
        }
    }

    /**
     * Removes the revisions of a service that a later one has replaced while a pod of theirs did not start. Knative itself keeps
     * such a pod, and the GPU that it holds, for as long as the progress deadline.
     */
    void removeStuckRevisions(Service service) {
        String newest = service.getStatus().getLatestCreatedRevisionName();
        if (!newest.equals(service.getStatus().getLatestReadyRevisionName())) {
            return;
        }
        pods(Map.of("serving.knative.dev/service", service.getMetadata().getName()))
                .filter(pod -> Pending.of(pod).filter(Pending::isFailure).isPresent())
                .map(pod -> pod.getMetadata().getLabels().get("serving.knative.dev/revision"))
                .filter(revision -> !revision.equals(newest))
                .distinct()
                .forEach(revision -> {
                    LOG.log(Level.INFO, "revision {0} is removed: it never started, and {1} serves", revision, newest);
                    client().resources(Revision.class)
                            .inNamespace(instance.getMetadata().getNamespace())
                            .withName(revision)
                            .delete();
                });
    }

    /** What the pods with these labels wait for, if anything. */
    Optional<Pending> pending(Map<String, String> labels) {
        return pods(labels).flatMap(pod -> Pending.of(pod).stream()).findFirst();
    }

    /** Whether a pod with these labels has a node's resources, be it on its way out. */
    boolean occupies(Map<String, String> labels) {
        return pods(labels)
                .anyMatch(pod -> pod.getSpec().getNodeName() != null
                        && !Set.of("Succeeded", "Failed")
                                .contains(pod.getStatus().getPhase()));
    }

    /** What the last of the pods with these labels to end well left as its result, which is JSON. */
    Optional<JsonNode> lastWords(Map<String, String> labels) {
        return pods(labels)
                .flatMap(pod -> pod.getStatus().getContainerStatuses().stream())
                .map(container -> container.getState().getTerminated())
                .filter(end -> end != null && end.getExitCode() == 0 && end.getMessage() != null)
                .max(Comparator.comparing(ContainerStateTerminated::getFinishedAt))
                .flatMap(end -> parsed(end.getMessage()));
    }

    private static Optional<JsonNode> parsed(String json) {
        try {
            return Optional.of(JSON.readTree(json));
        } catch (JsonProcessingException e) {
            LOG.log(Level.WARNING, "a pod''s result is not JSON: {0}", e.getOriginalMessage());
            return Optional.empty();
        }
    }

    /** Nobody watches these: the API server is asked. */
    private Stream<Pod> pods(Map<String, String> labels) {
        return client()
                .pods()
                .inNamespace(instance.getMetadata().getNamespace())
                .withLabels(labels)
                .list()
                .getItems()
                .stream();
    }

    /** A hash of each secret that the operator may see, by its name. */
    Map<String, String> secretHashes() {
        Map<String, String> hashes = new HashMap<>();
        all(Secret.class).forEach(secret -> hashes.put(secret.getMetadata().getName(), hash(secret)));
        return hashes;
    }

    static String hash(Secret secret) {
        return Hash.of(new TreeMap<>(Objects.requireNonNullElse(secret.getData(), Map.of())).toString());
    }

    /** A secret's content, decoded; empty when it isn't there or may not be seen. */
    Optional<Map<String, String>> secret(String name) {
        return find(Secret.class, name).map(SecretContent::of);
    }

    /** As {@link #secret}, but the API server is asked as well: what was just written may not be in the watch's cache yet. */
    Optional<Map<String, String>> secretForSure(String name) {
        return secret(name)
                .or(() -> Optional.ofNullable(client().secrets()
                                .inNamespace(instance.getMetadata().getNamespace())
                                .withName(name)
                                .get())
                        .map(SecretContent::of));
    }

    private static String annotation(HasMetadata object, String name) {
        Map<String, String> annotations = object.getMetadata().getAnnotations();
        return annotations == null ? null : annotations.get(name);
    }

    private static String identity(HasMetadata object) {
        return object.getKind()
                + (object.getApiVersion().startsWith("serving.knative") ? " (Knative) " : " ")
                + object.getMetadata().getName();
    }

    private static String hash(HasMetadata object) {
        return Hash.of(tree(object).toString());
    }

    private static JsonNode tree(HasMetadata object) {
        return JSON.valueToTree(object);
    }
}
