package dev.memoir.operator.reconcile;

import dev.memoir.operator.api.MemoirInstance;
import dev.memoir.operator.api.MemoirInstanceStatus;
import dev.memoir.operator.api.MemoirInstanceStatus.LastSweep;
import dev.memoir.operator.desired.BackingParts;
import dev.memoir.operator.desired.Capabilities;
import dev.memoir.operator.desired.CertificateMaker;
import dev.memoir.operator.desired.Certificates;
import dev.memoir.operator.desired.Component;
import dev.memoir.operator.desired.Credentials;
import dev.memoir.operator.desired.CustodianJobs;
import dev.memoir.operator.desired.FunctionServices;
import dev.memoir.operator.desired.GatewayConfiguration;
import dev.memoir.operator.desired.Given;
import dev.memoir.operator.desired.Images;
import dev.memoir.operator.desired.Names;
import dev.memoir.operator.desired.NetworkRules;
import dev.memoir.operator.desired.PrePull;
import dev.memoir.operator.desired.RunnerEdge;
import dev.memoir.operator.desired.Trust;
import dev.memoir.operator.desired.UserSecrets;
import io.fabric8.knative.serving.v1.Service;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.api.model.batch.v1.CronJobStatus;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What each phase does for one instance: it applies what is desired and looks how far that is. */
final class Phases {
    private static final CertificateMaker MAKER = new CertificateAuthority();

    /** As Knative 0.42 says it of an image; the registry is what stands before the first slash. */
    private static final Pattern UNRESOLVED =
            Pattern.compile("Unable to fetch image \"([^\"/]+)/[^\"]*\": failed to resolve image to digest");

    /** Longer than from one look to the next, and told anew at each. */
    private static final Duration PAUSE = Duration.ofMinutes(5);

    private final MemoirInstance instance;
    private final Cluster cluster;
    private final Images images;
    private final Set<Extension> extensions;
    private final Capabilities can;
    private final IssuerKeys issuers;
    private final QueueLook queues;
    private final Supplier<String> random;
    private final Instant now;
    private final Names names;
    private final FunctionLook functions;

    /** Known once {@link Phase#Trusted} is done. */
    private Secret secrets;

    private Secret authority;

    private Given given;

    /** Empty where none is wished for, and before anybody has looked. */
    private Optional<AiGpu> gpu = Optional.empty();

    Phases(
            MemoirInstance instance,
            Cluster cluster,
            Images images,
            Set<Extension> extensions,
            Capabilities can,
            IssuerKeys issuers,
            QueueLook queues,
            Supplier<String> random,
            Instant now) {
        this.instance = instance;
        this.cluster = cluster;
        this.images = images;
        this.extensions = extensions;
        this.can = can;
        this.issuers = issuers;
        this.queues = queues;
        this.random = random;
        this.now = now;
        this.names = new Names(instance);
        this.functions = new FunctionLook(cluster, names, can.knative().isPresent());
    }

    Walk walk() {
        return new Walk()
                .then(Phase.Capable, () -> Preflight.judge(instance, can))
                .then(Phase.Trusted, this::trust)
                .then(Phase.Backed, this::backing)
                .then(Phase.SetUp, this::setup)
                .then(Phase.FunctionsReady, this::functions)
                .then(Phase.EdgeReady, this::edge)
                .then(Phase.Arranged, this::arrange);
    }

    private Outcome trust() {
        for (var wanted : UserSecrets.of(instance).entrySet()) {
            Optional<Map<String, String>> secret = cluster.secret(wanted.getKey());
            if (secret.isEmpty()) {
                return new Outcome.Blocked(
                        Reason.SecretMissing,
                        "The secret " + wanted.getKey()
                                + " is not there, or lacks the label that lets the operator see it: "
                                + next(Reason.SecretMissing, "SECRET", wanted.getKey()));
            }
            Set<String> missing = new TreeSet<>(wanted.getValue());
            missing.removeAll(secret.get().keySet());
            if (!missing.isEmpty()) {
                return new Outcome.Blocked(
                        Reason.SecretIncomplete,
                        "The secret " + wanted.getKey() + " lacks " + String.join(", ", missing) + ": "
                                + next(Reason.SecretIncomplete, "SECRET", wanted.getKey()));
            }
        }
        secrets = Credentials.complete(instance, present(names.secrets()), random);
        List<Secret> made = certificates();
        made.add(secrets);
        cluster.apply(made);
        cluster.apply(List.of(Trust.account(instance)));
        Optional<Map<String, String>> before =
                cluster.find(ConfigMap.class, names.identity()).map(ConfigMap::getData);
        String issuer = instance.getSpec().identity().issuer();
        String keys;
        Optional<String> keysAddress;
        try {
            IssuerKeys.Keys said = before.isPresent() ? issuers.of(issuer) : issuers.fresh(issuer);
            keys = said.jwks();
            keysAddress = Optional.of(said.address());
        } catch (IOException e) {
            // Whoever was let in before is let in still.
            if (before.isEmpty()) {
                return new Outcome.Waiting(
                        Reason.IssuerUnreachable, "The issuer's keys can't be had: " + e.getMessage());
            }
            keys = before.get().get(Trust.KEYS);
            keysAddress = Optional.ofNullable(before.get().get(Trust.KEYS_ADDRESS));
        }
        Map<String, String> hashes = cluster.secretHashes();
        // Just written, they may not be in the watch's cache yet.
        made.forEach(secret -> hashes.put(secret.getMetadata().getName(), Cluster.hash(secret)));
        gpu = Optional.ofNullable(instance.getSpec().functions().ai().gpu())
                .map(wish -> new AiGpu(instance, wish, cluster, functions, now));
        given = new Given(
                images,
                can,
                hashes,
                keys,
                keysAddress,
                gpu.filter(AiGpu::isDoneWithout).isPresent());
        cluster.apply(List.of(Trust.keys(instance, given)));
        return new Outcome.Done("Secrets and the issuer's keys are there.");
    }

    /** The authority's and those of the parts that serve. */
    private List<Secret> certificates() {
        authority = Certificates.authority(instance, present(names.authority()), now, MAKER);
        List<Secret> all = new ArrayList<>(List.of(authority));
        for (Component server : Certificates.servers(instance)) {
            all.add(Certificates.server(instance, server, authority, present(names.certificate(server)), now, MAKER));
        }
        return all;
    }

    private Map<String, String> present(String secret) {
        return cluster.secretForSure(secret).orElse(Map.of());
    }

    private Outcome backing() {
        List<HasMetadata> parts = BackingParts.of(instance, given);
        cluster.apply(parts);
        List<String> starting = parts.stream()
                .filter(StatefulSet.class::isInstance)
                .map(part -> part.getMetadata().getName())
                .filter(name -> cluster.find(StatefulSet.class, name)
                        .filter(Phases::serves)
                        .isEmpty())
                .toList();
        starting.forEach(cluster::replaceStuck);
        if (!starting.isEmpty()) {
            return new Outcome.Waiting(
                    Reason.PartStarting,
                    String.join(", ", starting) + (starting.size() == 1 ? " is" : " are") + " starting: "
                            + next(Reason.PartStarting, "PART", starting.getFirst()));
        }
        return new Outcome.Done(parts.isEmpty() ? "All of them are given." : "Managed parts serve.");
    }

    private static boolean serves(StatefulSet set) {
        var status = set.getStatus();
        return status != null
                && Objects.equals(
                        status.getObservedGeneration(), set.getMetadata().getGeneration())
                && Objects.equals(status.getCurrentRevision(), status.getUpdateRevision())
                && status.getReadyReplicas() != null
                && status.getReadyReplicas() > 0;
    }

    private Outcome setup() {
        Job wanted = CustodianJobs.setup(instance, given);
        String name = wanted.getMetadata().getName();
        cluster.apply(List.of(wanted));
        Optional<Job> job = cluster.find(Job.class, name);
        if (has(job, "Complete")) {
            return new Outcome.Done("Roles, tables, buckets, streams and models are there.");
        }
        if (has(job, "Failed")) {
            return new Outcome.Failed(
                    Reason.SetupFailed, "Setting up has failed: " + next(Reason.SetupFailed, "JOB", name));
        }
        return new Outcome.Waiting(
                Reason.SettingUp,
                "Roles, tables, buckets and streams are being made: " + next(Reason.SettingUp, "JOB", name));
    }

    private static boolean has(Optional<Job> job, String condition) {
        return job.map(Job::getStatus).map(status -> status.getConditions()).stream()
                .flatMap(List::stream)
                .anyMatch(one ->
                        one.getType().equals(condition) && one.getStatus().equals("True"));
    }

    private Outcome functions() {
        List<HasMetadata> services = new ArrayList<>(FunctionServices.of(instance, given));
        boolean gpuIsInUse = services.removeIf(
                service -> gpu.filter(one -> one.isInTheWayOf(service)).isPresent());
        if (can.knative().isPresent()) {
            makeRoom();
        }
        cluster.apply(services);
        if (can.knative().isEmpty()) {
            return new Outcome.Done(can.keda() ? Reason.ScaledByKeda : Reason.WithoutKnative, "All of them are there.");
        }
        gpu.ifPresent(AiGpu::takeBack);
        Outcome worst = gpuIsInUse ? holdBack() : new Outcome.Done("All of them route to a revision that works.");
        for (HasMetadata service : services) {
            Outcome outcome = function(service.getMetadata().getName());
            if (outcome instanceof Outcome.Failed) {
                return outcome;
            }
            // Of those that are done, only one with something to say.
            boolean counts = !(outcome instanceof Outcome.Done)
                    || worst instanceof Outcome.Done && outcome.reason() != Reason.Done;
            worst = counts ? outcome : worst;
        }
        if (worst instanceof Outcome.Done && gpu.isPresent() && !wasDone(Phase.FunctionsReady)) {
            letGoOn();
        }
        return worst;
    }

    /** What the functions were before there was Knative, whose own objects have the same names. */
    private void makeRoom() {
        for (Component function : List.of(Component.API, Component.POSTPROCESSOR, Component.AI)) {
            cluster.remove(Deployment.class, names.of(function));
            cluster.remove(io.fabric8.kubernetes.api.model.Service.class, names.of(function));
        }
    }

    private Outcome holdBack() {
        queues.pause(runner(), Component.AI.token(), PAUSE);
        return gpu.orElseThrow().inUse();
    }

    /** A pause that this does not reach ends by itself. */
    private void letGoOn() {
        if (cluster.find(Deployment.class, names.of(Component.RUNNER)).isPresent()) {
            queues.pause(runner(), Component.AI.token(), Duration.ZERO);
        }
    }

    private boolean wasDone(Phase phase) {
        return instance.getStatus() != null
                && instance.getStatus().conditions().stream()
                        .anyMatch(condition -> condition.getType().equals(phase.name())
                                && condition.getStatus().equals("True"));
    }

    private Outcome function(String name) {
        Optional<Service> service = cluster.find(Service.class, name);
        var ready = service
                .filter(found -> found.getStatus() != null
                        && Objects.equals(
                                found.getStatus().getObservedGeneration(),
                                found.getMetadata().getGeneration()))
                .map(found -> found.getStatus().getConditions())
                .stream()
                .flatMap(List::stream)
                .filter(condition -> condition.getType().equals("Ready"))
                .findFirst();
        String status = ready.map(condition -> condition.getStatus()).orElse("Unknown");
        Optional<Outcome> without =
                name.equals(names.of(Component.AI)) ? gpu.flatMap(AiGpu::without) : Optional.empty();
        if (without.isPresent()) {
            return without.get();
        }
        return switch (status) {
            case "True" -> new Outcome.Done(name + " works.");
            case "False" -> failed(service.get(), ready.get().getMessage());
            default -> progressing(name, service.filter(found -> found.getStatus() != null));
        };
    }

    /** Knative itself tells of a pod that does not start only after ten minutes. */
    private Outcome progressing(String name, Optional<Service> service) {
        Optional<Pending> pending = service.flatMap(functions::pending);
        if (pending.filter(Pending::isFailure).isPresent()) {
            return failed(service.get(), pending.get().message());
        }
        return new Outcome.Waiting(
                Reason.FunctionProgressing,
                name + " is being made ready"
                        + pending.map(waits -> ", " + waits.message()).orElse("") + ": "
                        + next(Reason.FunctionProgressing, "FUNCTION", name));
    }

    private Outcome failed(Service service, String why) {
        String function = service.getMetadata().getName();
        boolean served = service.getStatus().getLatestReadyRevisionName() != null;
        String told = function + ": " + why + (served ? " The last good one goes on serving. " : " ");
        Matcher unresolved = UNRESOLVED.matcher(why);
        if (!unresolved.find()) {
            return new Outcome.Failed(Reason.FunctionFails, told + next(Reason.FunctionFails, "FUNCTION", function));
        }
        // Those of Knative's own default, and this one.
        String patch = "{\"data\":{\"registries-skipping-tag-resolving\":\"kind.local,ko.local,dev.local,"
                + unresolved.group(1) + "\"}}";
        return new Outcome.Failed(
                Reason.TagUnresolved,
                told + "If the image is on the nodes already, an administrator can have its registry left alone: "
                        + next(Reason.TagUnresolved, "PATCH", patch));
    }

    private Outcome edge() {
        cluster.apply(RunnerEdge.of(instance, given));
        cluster.apply(GatewayConfiguration.of(instance, given).stream().toList());
        String name = names.of(Component.RUNNER);
        boolean available = cluster.find(Deployment.class, name)
                .filter(found -> found.getStatus() != null
                        && Objects.equals(
                                found.getStatus().getObservedGeneration(),
                                found.getMetadata().getGeneration()))
                .filter(found -> Objects.equals(
                        found.getStatus().getUpdatedReplicas(), found.getSpec().getReplicas()))
                .filter(found -> Objects.requireNonNullElse(found.getStatus().getAvailableReplicas(), 0) > 0)
                .isPresent();
        return available
                ? new Outcome.Done("The runner lets people in.")
                : new Outcome.Waiting(
                        Reason.RunnerStarting, name + " is starting: " + next(Reason.RunnerStarting, "PART", name));
    }

    private Outcome arrange() {
        cluster.apply(CustodianJobs.schedules(instance, given));
        cluster.apply(CustodianJobs.lookForFaces(instance, given).stream().toList());
        cluster.apply(NetworkRules.of(instance));
        cluster.apply(PrePull.of(instance, given));
        List<Class<? extends HasMetadata>> kinds = new ArrayList<>(Kinds.BUILT_IN);
        extensions.forEach(extension -> kinds.addAll(extension.kinds()));
        cluster.prune(kinds);
        return new Outcome.Done("Schedules and network rules are there.");
    }

    private String next(Reason reason, String placeholder, String name) {
        return StatusOf.next(reason, instance, Map.of(placeholder, name));
    }

    /** @param served whether there is a runner to ask */
    Seen seen(boolean served) {
        return new Seen(
                Optional.of(functions.states()),
                gpu.map(AiGpu::device),
                served ? queues.at(runner()) : Optional.empty(),
                lastSweep());
    }

    /** Looked for only after one has ended: it stands where its pod left it. */
    private Optional<LastSweep> lastSweep() {
        Optional<String> known = Optional.ofNullable(instance.getStatus())
                .map(MemoirInstanceStatus::lastSweep)
                .map(LastSweep::finished);
        return cluster.find(CronJob.class, names.of(Component.SWEEP))
                .map(CronJob::getStatus)
                .map(CronJobStatus::getLastSuccessfulTime)
                .filter(finished -> !known.equals(Optional.of(finished)))
                .flatMap(finished -> cluster.lastWords(names.labels(Component.SWEEP))
                        .map(said -> new LastSweep(
                                finished,
                                said.path("objects").asLong(),
                                said.path("emitted").asLong())));
    }

    private QueueLook.Runner runner() {
        return new QueueLook.Runner(
                RunnerEdge.adminAddress(instance),
                Certificates.certificate(authority),
                Credentials.deliveryToken(secrets));
    }
}
