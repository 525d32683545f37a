package dev.memoir.operator.desired;

import dev.memoir.operator.api.MemoirInstance;
import dev.memoir.operator.api.MemoirInstanceSpec;
import dev.memoir.operator.api.Storage;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.api.model.batch.v1.CronJobBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.JobSpec;
import io.fabric8.kubernetes.api.model.batch.v1.JobSpecBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What the custodian does: setting up before the functions, and work on a schedule. */
public final class CustodianJobs {
    static final List<Component> COMPONENTS =
            List.of(Component.SETUP, Component.SWEEP, Component.VACUUM, Component.FACES, Component.GROUPING);

    private static final ResourceRequirements USUAL = Pods.resources("100m", "192Mi", "512Mi");

    /** Grouping holds all faces at once: with the share below, its heap is 614 MiB. */
    private static final ResourceRequirements ROOMY = Pods.resources("100m", "256Mi", "1Gi");

    /**
     * Grouping computes for long, which pays for C2; the image's own flags have C1 alone. Of the ways to add flags to an image's
     * this is the one that counts after them.
     */
    private static final String FOR_GROUPING = "-XX:TieredStopAtLevel=4 -XX:MaxRAMPercentage=60";

    private CustodianJobs() {}

    /** Named after all that it does: another image or another store is another job. */
    public static Job setup(MemoirInstance instance, Given given) {
        Names names = new Names(instance);
        String image = instance.getSpec().models().image() == null
                ? given.images().models()
                : instance.getSpec().models().image();
        return named(names, Component.SETUP, job(names, given, Component.SETUP, image, 8, "setup"));
    }

    /**
     * Where faces are wished for, a sweep that is not the nightly one: it sends the photos that are there to be looked at. It begins
     * anew, since one that is under way may have passed photos when faces were not wished for yet.
     */
    public static Optional<Job> lookForFaces(MemoirInstance instance, Given given) {
        if (!looksForFaces(instance)) {
            return Optional.empty();
        }
        Names names = new Names(instance);
        JobSpec spec = job(names, given, Component.FACES, given.images().custodian(), 2, "sweep", "--anew");
        return Optional.of(named(names, Component.FACES, spec));
    }

    private static Job named(Names names, Component component, JobSpec spec) {
        return new JobBuilder()
                .withMetadata(
                        names.owned(names.of(component) + "-" + Hash.of(spec.toString()), names.labels(component)))
                .withSpec(spec)
                .build();
    }

    private static boolean looksForFaces(MemoirInstance instance) {
        return Boolean.TRUE.equals(instance.getSpec().people().faces());
    }

    public static List<HasMetadata> schedules(MemoirInstance instance, Given given) {
        Names names = new Names(instance);
        MemoirInstanceSpec spec = instance.getSpec();
        List<HasMetadata> all = new ArrayList<>();
        String sweep = spec.maintenance().sweep();
        if (!sweep.isEmpty()) {
            all.add(schedule(names, given, Component.SWEEP, "sweep", sweep));
        }
        if (spec.database().managed() != null) {
            // A PostgreSQL that is given has somebody who looks after it.
            all.add(schedule(names, given, Component.VACUUM, "vacuum", "15 4 * * *"));
        }
        String grouping = spec.maintenance().grouping();
        if (looksForFaces(instance) && !grouping.isEmpty()) {
            all.add(schedule(names, given, Component.GROUPING, "people", grouping));
        }
        return all;
    }

    private static CronJob schedule(Names names, Given given, Component component, String command, String when) {
        return new CronJobBuilder()
                .withMetadata(names.owned(component))
                .withNewSpec()
                .withSchedule(when)
                .withTimeZone(names.instance().getSpec().maintenance().timeZone())
                .withConcurrencyPolicy("Forbid")
                .withSuccessfulJobsHistoryLimit(1)
                .withFailedJobsHistoryLimit(1)
                .withStartingDeadlineSeconds(3600L)
                .withNewJobTemplate()
                .withNewMetadata()
                .withLabels(names.labels(component))
                .endMetadata()
                .withSpec(job(names, given, component, given.images().custodian(), 2, command))
                .endJobTemplate()
                .endSpec()
                .build();
    }

    private static Optional<String> tiers(Storage storage) {
        return Optional.ofNullable(storage.tiers())
                .map(tiers -> tiers.stream()
                        .map(tier -> tier.afterDays() + ":" + tier.storageClass())
                        .collect(Collectors.joining(",")))
                .filter(list -> !list.isEmpty());
    }

    private static Optional<String> key(Storage storage) {
        return Optional.ofNullable(storage.encryption())
                .map(wish -> wish.keySecret() == null ? wish.kmsKey() : ManagedStore.KEY_NAME);
    }

    private static JobSpec job(
            Names names, Given given, Component component, String image, int retries, String... command) {
        Connections to = new Connections(names);
        Environment environment =
                to.databaseOwner(to.database(to.queue(to.store(new Environment())), Connections.Role.INGEST));
        Storage storage = names.instance().getSpec().storage();
        if (storage.managed() != null && storage.managed().engine() == Storage.Engine.versitygw) {
            environment.value("MEMOIR_S3_UPLOADER", Connections.UPLOADER);
        }
        tell(environment, component, names.instance());
        Container container =
                Pods.container(component.token(), image, environment, component == Component.GROUPING ? ROOMY : USUAL);
        container.setArgs(List.of(command));
        PodSpec pod = Pods.pod(names, container, List.of());
        pod.setRestartPolicy("Never");
        return new JobSpecBuilder()
                .withBackoffLimit(retries)
                .withTemplate(Pods.template(names, component, Pods.secretHashes(given, environment.secrets()), pod))
                .build();
    }

    /** What only some of the jobs are told. */
    private static void tell(Environment environment, Component component, MemoirInstance instance) {
        MemoirInstanceSpec spec = instance.getSpec();
        switch (component) {
            case SETUP ->
                environment
                        .value("MEMOIR_S3_TIERS", tiers(spec.storage()))
                        .value("MEMOIR_S3_ENCRYPTION_KEY", key(spec.storage()))
                        .value("MEMOIR_WEB_ORIGINS", RunnerEdge.webOrigin(instance))
                        .value(
                                "MEMOIR_FACES",
                                Optional.ofNullable(spec.people().faces()).map(wanted -> wanted ? "on" : "off"));
            // Kubernetes keeps what stands there with the pod that has ended.
            case SWEEP ->
                environment
                        .value("MEMOIR_RESULT_FILE", "/dev/termination-log")
                        .value("MEMOIR_VISION", VisionService.provider(instance));
            case GROUPING -> environment.value("_JAVA_OPTIONS", FOR_GROUPING);
            default -> {}
        }
    }
}
