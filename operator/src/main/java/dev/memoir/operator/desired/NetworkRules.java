package dev.memoir.operator.desired;

import dev.memoir.operator.api.MemoirInstance;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.LabelSelectorBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyIngressRule;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyIngressRuleBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPeer;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPeerBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPortBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Who may talk to whom: nobody to any pod of an instance, but what is said here. People come by an ingress controller, and
 * Knative's requests by its activator, whose namespaces bear no label that is the same everywhere; so runner and store are open
 * at their port to the cluster, and functions at theirs, where they ask for a token themselves.
 */
public final class NetworkRules {
    /** Where Knative's queue-proxy listens in a function's pod: requests, probes and metrics. */
    private static final List<Integer> KNATIVE = List.of(8012, 8013, 8022, 8112, 9090, 9091);

    private NetworkRules() {}

    public static List<HasMetadata> of(MemoirInstance instance) {
        Names names = new Names(instance);
        List<HasMetadata> rules = new ArrayList<>();
        rules.add(policy(
                names, "closed", Map.of(Names.INSTANCE, instance.getMetadata().getName()), List.of()));
        rules.add(policy(
                names, Component.RUNNER, rule(RunnerEdge.PORT), rule(RunnerEdge.ADMIN_PORT, operator(), monitoring())));
        for (Component function : FunctionServices.here(instance)) {
            List<NetworkPolicyIngressRule> ports = new ArrayList<>();
            ports.add(rule(FunctionServices.PORT));
            KNATIVE.forEach(port -> ports.add(rule(port)));
            rules.add(policy(names, function.token(), names.selector(function), ports));
        }
        if (instance.getSpec().storage().managed() != null) {
            rules.add(policy(names, Component.STORE, rule(Connections.STORE_PORT)));
        }
        if (instance.getSpec().events().managed() != null) {
            rules.add(policy(
                    names,
                    Component.QUEUE,
                    rule(Connections.QUEUE_PORT, clients(names, Component.API, Component.RUNNER, Component.STORE))));
        }
        if (instance.getSpec().database().managed() != null) {
            rules.add(policy(
                    names,
                    Component.DATABASE,
                    rule(
                            Connections.DATABASE_PORT,
                            clients(names, Component.API, Component.POSTPROCESSOR, Component.AI))));
        }
        return rules;
    }

    private static HasMetadata policy(Names names, Component component, NetworkPolicyIngressRule... rules) {
        return policy(names, component.token(), names.selector(component), List.of(rules));
    }

    private static HasMetadata policy(
            Names names, String what, Map<String, String> pods, List<NetworkPolicyIngressRule> rules) {
        return new NetworkPolicyBuilder()
                .withMetadata(names.owned(names.of(what), names.labels()))
                .withNewSpec()
                .withPodSelector(
                        new LabelSelectorBuilder().withMatchLabels(pods).build())
                .withPolicyTypes("Ingress")
                .withIngress(rules)
                .endSpec()
                .build();
    }

    private static NetworkPolicyIngressRule rule(int port, NetworkPolicyPeer... peers) {
        return new NetworkPolicyIngressRuleBuilder()
                .withPorts(new NetworkPolicyPortBuilder()
                        .withPort(new IntOrString(port))
                        .build())
                .withFrom(peers)
                .build();
    }

    /** These, and the custodian, which makes and checks everything. */
    private static NetworkPolicyPeer[] clients(Names names, Component... components) {
        return Stream.concat(Stream.of(components), CustodianJobs.COMPONENTS.stream())
                .map(component -> peer(names, component))
                .toArray(NetworkPolicyPeer[]::new);
    }

    private static NetworkPolicyPeer peer(Names names, Component component) {
        return new NetworkPolicyPeerBuilder()
                .withNewPodSelector()
                .withMatchLabels(names.selector(component))
                .endPodSelector()
                .build();
    }

    /** Pods of namespaces that an administrator has labelled for it: nobody else may ask for metrics. */
    private static NetworkPolicyPeer monitoring() {
        return new NetworkPolicyPeerBuilder()
                .withNewNamespaceSelector()
                .addToMatchLabels(Names.MONITORING, "true")
                .endNamespaceSelector()
                .build();
    }

    private static NetworkPolicyPeer operator() {
        return new NetworkPolicyPeerBuilder()
                .withNewNamespaceSelector()
                .endNamespaceSelector()
                .withNewPodSelector()
                .addToMatchLabels("app.kubernetes.io/name", Names.OPERATOR)
                .endPodSelector()
                .build();
    }
}
