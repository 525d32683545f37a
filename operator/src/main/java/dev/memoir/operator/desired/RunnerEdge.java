package dev.memoir.operator.desired;

import dev.memoir.operator.api.Edge;
import dev.memoir.operator.api.MemoirInstance;
import dev.memoir.operator.api.MemoirInstanceSpec;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPortBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.LabelSelectorBuilder;
import io.fabric8.kubernetes.api.model.SecretKeySelector;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.HTTPIngressPathBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.networking.v1.IngressBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.IngressRule;
import io.fabric8.kubernetes.api.model.networking.v1.IngressRuleBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.IngressTLSBuilder;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudgetBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The runner: the one program that never sleeps, and the way in to it. */
public final class RunnerEdge {
    static final int PORT = 7700;
    static final int ADMIN_PORT = 7702;

    private RunnerEdge() {}

    public static List<HasMetadata> of(MemoirInstance instance, Given given) {
        Names names = new Names(instance);
        List<HasMetadata> objects = new ArrayList<>(List.of(deployment(names, given), service(names), budget(names)));
        ingress(names).ifPresent(objects::add);
        if (given.can().podMonitors()) {
            objects.add(monitor(names));
        }
        return objects;
    }

    private static HasMetadata deployment(Names names, Given given) {
        Edge edge = names.instance().getSpec().edge();
        Connections to = new Connections(names);
        String certificate = names.certificate(Component.RUNNER);
        Environment environment = to.queue(to.identity(to.delivery(new Environment())))
                .secret("MEMOIR_ADMIN_CERTIFICATE", certificate, Certificates.CERTIFICATE)
                .secret("MEMOIR_ADMIN_KEY", certificate, Certificates.KEY)
                .value("MEMOIR_FUNCTION_API", FunctionServices.address(names, Component.API))
                .value("MEMOIR_FUNCTION_POSTPROCESSOR", FunctionServices.address(names, Component.POSTPROCESSOR))
                .value("MEMOIR_FUNCTION_AI", FunctionServices.address(names, Component.AI))
                .value(
                        "MEMOIR_S3_ORIGINALS",
                        names.instance().getSpec().storage().buckets().originals())
                .value("MEMOIR_S3_PUBLIC_ENDPOINT", to.storeForBrowsers());
        Container container =
                Pods.container(Component.RUNNER.token(), given.images().runner(), environment, edge.resources());
        container.setArgs(settings(names.instance().getSpec()));
        container.setPorts(List.of(
                new ContainerPortBuilder()
                        .withName("http")
                        .withContainerPort(PORT)
                        .build(),
                new ContainerPortBuilder()
                        .withName("admin")
                        .withContainerPort(ADMIN_PORT)
                        .build()));
        container.setReadinessProbe(Pods.answers("/ready", PORT, 2));
        container.setLivenessProbe(Pods.answers("/healthz", PORT, 10));
        Map<String, String> annotations = new TreeMap<>(Pods.secretHashes(given, environment.secrets()));
        annotations.put("memoir.dev/keys", Hash.of(given.keys()));
        return new DeploymentBuilder()
                .withMetadata(names.owned(Component.RUNNER))
                .withNewSpec()
                .withReplicas(edge.replicas())
                .withNewSelector()
                .withMatchLabels(names.selector(Component.RUNNER))
                .endSelector()
                .withTemplate(
                        Pods.template(names, Component.RUNNER, annotations, Pods.pod(names, container, List.of())))
                .endSpec()
                .build();
    }

    private static List<String> settings(MemoirInstanceSpec spec) {
        List<String> settings = new ArrayList<>();
        if (spec.functions().ai().gpu() != null || spec.functions().ai().url() != null) {
            // Neither a GPU nor somebody else's machine is asked for before there is work for it.
            settings.addAll(List.of("--set", "ai.ahead=off"));
        }
        if (!spec.web().enabled()) {
            settings.addAll(List.of("--set", "edge.web=off"));
        }
        if (spec.telemetry().traces() != null) {
            settings.addAll(List.of("--set", "traces=" + spec.telemetry().traces()));
        }
        return settings;
    }

    private static HasMetadata service(Names names) {
        return Pods.service(
                names,
                Component.RUNNER,
                Pods.port("http", 80, new IntOrString("http")),
                Pods.port("admin", ADMIN_PORT, new IntOrString("admin")));
    }

    /** One may always go, so that no drain is ever blocked; of two, one stays. */
    private static HasMetadata budget(Names names) {
        return new PodDisruptionBudgetBuilder()
                .withMetadata(names.owned(Component.RUNNER))
                .withNewSpec()
                .withNewSelector()
                .withMatchLabels(names.selector(Component.RUNNER))
                .endSelector()
                .withMaxUnavailable(new IntOrString(1))
                .endSpec()
                .build();
    }

    private static HasMetadata monitor(Names names) {
        PodMonitor monitor = new PodMonitor();
        monitor.setMetadata(names.owned(Component.RUNNER));
        monitor.setSpec(new PodMonitor.Spec(
                new LabelSelectorBuilder()
                        .withMatchLabels(names.selector(Component.RUNNER))
                        .build(),
                List.of(new PodMonitor.Endpoint("admin", "/metrics", "https", believed(names)))));
        return monitor;
    }

    private static PodMonitor.Tls believed(Names names) {
        SecretKeySelector authority =
                new SecretKeySelector(Certificates.AUTHORITY, names.certificate(Component.RUNNER), null);
        return new PodMonitor.Tls(new PodMonitor.Source(authority), names.host(Component.RUNNER));
    }

    /** For people, and for phones and browsers that bring pictures to a managed store with a host of its own. */
    private static Optional<Ingress> ingress(Names names) {
        Edge edge = names.instance().getSpec().edge();
        List<IngressRule> rules = new ArrayList<>();
        Optional.ofNullable(edge.host()).ifPresent(host -> rules.add(rule(host, names.of(Component.RUNNER), 80)));
        storeHost(names.instance())
                .ifPresent(host -> rules.add(rule(host, names.of(Component.STORE), Connections.STORE_PORT)));
        if (rules.isEmpty()) {
            return Optional.empty();
        }
        Map<String, String> annotations = new TreeMap<>();
        IngressBuilder ingress = new IngressBuilder()
                .withMetadata(names.owned(Component.RUNNER))
                .withNewSpec()
                .withIngressClassName(edge.ingressClass())
                .withRules(rules)
                .endSpec();
        if (edge.tls() != null) {
            ingress.editSpec()
                    .withTls(new IngressTLSBuilder()
                            .withHosts(rules.stream().map(IngressRule::getHost).toList())
                            .withSecretName(
                                    edge.tls().secret() == null
                                            ? names.of("tls")
                                            : edge.tls().secret())
                            .build())
                    .endSpec();
            if (edge.tls().issuer() != null) {
                annotations.put("cert-manager.io/cluster-issuer", edge.tls().issuer());
            }
        }
        return Optional.of(ingress.editMetadata()
                .withAnnotations(annotations)
                .endMetadata()
                .build());
    }

    /**
     * From where the web client uploads, which a managed store must be told. The rules of a bucket that is given are not ours to
     * replace; and a store without a name is reached by no browser.
     */
    static Optional<String> webOrigin(MemoirInstance instance) {
        MemoirInstanceSpec spec = instance.getSpec();
        return storeHost(instance)
                .filter(host -> spec.web().enabled() && spec.edge().host() != null)
                .map(host -> url(instance));
    }

    private static Optional<String> storeHost(MemoirInstance instance) {
        return Optional.ofNullable(instance.getSpec().storage().managed()).map(managed -> managed.host());
    }

    private static IngressRule rule(String host, String service, int port) {
        return new IngressRuleBuilder()
                .withHost(host)
                .withNewHttp()
                .withPaths(new HTTPIngressPathBuilder()
                        .withPath("/")
                        .withPathType("Prefix")
                        .withNewBackend()
                        .withNewService()
                        .withName(service)
                        .withNewPort()
                        .withNumber(port)
                        .endPort()
                        .endService()
                        .endBackend()
                        .build())
                .endHttp()
                .build();
    }

    /** Where the runner's admin API is, for bearers of the delivery token. */
    public static String adminAddress(MemoirInstance instance) {
        return "https://" + new Names(instance).host(Component.RUNNER) + ":" + ADMIN_PORT;
    }

    /** Where people find the instance. */
    public static String url(MemoirInstance instance) {
        Edge edge = instance.getSpec().edge();
        if (edge.host() == null) {
            return "http://" + new Names(instance).host(Component.RUNNER);
        }
        return (edge.tls() == null ? "http://" : "https://") + edge.host();
    }
}
