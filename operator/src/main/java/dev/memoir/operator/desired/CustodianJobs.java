package dev.memoir.operator.desired;

import dev.memoir.operator.api.MemoirInstance;
import dev.memoir.operator.api.MemoirInstanceSpec;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.api.model.batch.v1.CronJobBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.JobSpec;
import io.fabric8.kubernetes.api.model.batch.v1.JobSpecBuilder;
import java.util.ArrayList;
import java.util.List;

/** What the custodian does: setting up before the functions, and work on a schedule. */
public final class CustodianJobs {
    private CustodianJobs() {}

    /** Named after all that it does: another image or another store is another job. */
    public static Job setup(MemoirInstance instance, Given given) {
        Names names = new Names(instance);
        String image = instance.getSpec().models().image() == null
                ? given.images().models()
                : instance.getSpec().models().image();
        JobSpec spec = job(names, given, Component.SETUP, image, "setup", 8);
        return new JobBuilder()
                .withMetadata(names.owned(
                        names.of(Component.SETUP) + "-" + Hash.of(spec.toString()), names.labels(Component.SETUP)))
                .withSpec(spec)
                .build();
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
                .withSpec(job(names, given, component, given.images().custodian(), command, 2))
                .endJobTemplate()
                .endSpec()
                .build();
    }

    private static JobSpec job(
            Names names, Given given, Component component, String image, String command, int retries) {
        Connections to = new Connections(names);
        Environment environment =
                to.databaseOwner(to.database(to.queue(to.store(new Environment())), Connections.Role.INGEST));
        if (names.instance().getSpec().storage().managed() != null) {
            environment.value("MEMOIR_S3_UPLOADER", Connections.UPLOADER);
        }
        if (component == Component.SWEEP) {
            // Kubernetes keeps what stands there with the pod that has ended.
            environment.value("MEMOIR_RESULT_FILE", "/dev/termination-log");
        }
        Container container =
                Pods.container(component.token(), image, environment, Pods.resources("100m", "192Mi", "512Mi"));
        container.setArgs(List.of(command));
        PodSpec pod = Pods.pod(names, container, List.of());
        pod.setRestartPolicy("Never");
        return new JobSpecBuilder()
                .withBackoffLimit(retries)
                .withTemplate(Pods.template(names, component, Pods.secretHashes(given, environment.secrets()), pod))
                .build();
    }
}
