package dev.memoir.operator.desired;

import dev.memoir.operator.api.MemoirInstance;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import java.util.Map;
import java.util.TreeMap;

/** Names and labels of an instance's objects. */
public record Names(MemoirInstance instance) {
    /** On everything that the operator makes, so that it watches nothing else. */
    public static final String MANAGED_BY = "app.kubernetes.io/managed-by";

    public static final String OPERATOR = "memoir-operator";

    /** Whose object it is. */
    public static final String INSTANCE = "memoir.dev/instance";

    /** On a secret that a person has made for an instance: without it the operator does not see it. */
    public static final String PART_OF = "memoir.dev/part-of";

    /** On a namespace whose pods may ask for metrics. */
    static final String MONITORING = "memoir.dev/monitoring";

    public static final String MEMOIR = "memoir";

    static final String COMPONENT = "app.kubernetes.io/component";

    public String namespace() {
        return instance.getMetadata().getNamespace();
    }

    public String of(Component component) {
        return of(component.token());
    }

    String of(String what) {
        return instance.getMetadata().getName() + "-" + what;
    }

    /** The secret with what the parts prove themselves to each other with. */
    public String secrets() {
        return of("secrets");
    }

    /** The secret with the instance's own authority for certificates. */
    public String authority() {
        return of("authority");
    }

    /** The secret with a part's certificate and its key. */
    public String certificate(Component component) {
        return of(component) + "-tls";
    }

    /** The configuration map with the issuer's public keys. */
    public String identity() {
        return of("identity");
    }

    /** In-cluster host name of a part's service. */
    public String host(Component component) {
        return of(component) + "." + namespace() + ".svc.cluster.local";
    }

    public Map<String, String> labels(Component component) {
        Map<String, String> labels = labels();
        labels.put(COMPONENT, component.token());
        return labels;
    }

    public Map<String, String> labels() {
        return new TreeMap<>(Map.of(
                "app.kubernetes.io/name",
                MEMOIR,
                "app.kubernetes.io/instance",
                instance.getMetadata().getName(),
                "app.kubernetes.io/part-of",
                MEMOIR,
                MANAGED_BY,
                OPERATOR,
                INSTANCE,
                instance.getMetadata().getName()));
    }

    /** What a service or a policy finds a part's pods by. */
    Map<String, String> selector(Component component) {
        return new TreeMap<>(Map.of(INSTANCE, instance.getMetadata().getName(), COMPONENT, component.token()));
    }

    /** Of an object that goes with the instance. */
    ObjectMeta owned(String name, Map<String, String> labels) {
        return new ObjectMetaBuilder(kept(name, labels))
                .withOwnerReferences(owner())
                .build();
    }

    ObjectMeta owned(Component component) {
        return owned(of(component), labels(component));
    }

    /** Of an object that stays when the instance is deleted. */
    ObjectMeta kept(String name, Map<String, String> labels) {
        return new ObjectMetaBuilder()
                .withName(name)
                .withNamespace(namespace())
                .withLabels(labels)
                .build();
    }

    private OwnerReference owner() {
        return new OwnerReferenceBuilder()
                .withApiVersion(instance.getApiVersion())
                .withKind(instance.getKind())
                .withName(instance.getMetadata().getName())
                .withUid(instance.getMetadata().getUid())
                .withController(true)
                .build();
    }
}
