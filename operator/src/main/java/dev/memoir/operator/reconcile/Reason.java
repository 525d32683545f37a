package dev.memoir.operator.reconcile;

/** Every reason that a condition can have. The next step is told with it, since the reason alone helps nobody. */
public enum Reason {
    /** All of it is as it should be. */
    Done("nothing to do"),
    /** The instance is paused; nothing is changed. */
    Paused("kubectl -n NAMESPACE patch memoirinstance INSTANCE --type merge -p '{\"spec\":{\"paused\":false}}'"),
    /** The phase begins when those before it are done. */
    NotYet("wait for the conditions before this one"),
    /** There is no Knative Serving: functions are Deployments that somebody scales. */
    WithoutKnative("install Knative Serving to have functions that sleep, or KEDA to have all but the API sleep"),
    /** There is no Knative Serving: functions are Deployments, and KEDA lets all of them sleep but the API. */
    ScaledByKeda("kubectl -n NAMESPACE get scaledobjects; KEDA's namespace needs the label memoir.dev/monitoring=true"),
    /** A wish needs something that this cluster's Knative has switched off. */
    FeatureDisabled("kubectl -n knative-serving patch configmap config-features --type merge -p 'PATCH'"),
    /** A spot GPU must not be woken by an installation, and this cluster's Knative wakes every new revision. */
    WakesAtInstall("kubectl -n knative-serving patch configmap config-autoscaler --type merge -p 'PATCH'"),
    /** With a GPU and minScale above 0, a new revision's pod would wait for a GPU that the one before never gives back. */
    SecondGpuNeeded("kubectl -n knative-serving patch configmap config-autoscaler --type merge -p 'PATCH'"),
    /** The spec names a runtime class that this cluster does not have. */
    RuntimeClassMissing("kubectl get runtimeclasses"),
    /** No GPU can be had: photos wait without labels, or the AI does with processors for a while. */
    WithoutGpu("kubectl -n NAMESPACE get pods -l serving.knative.dev/service=INSTANCE-ai"),
    /** The AI's new revision waits until the one before has given its GPU back. */
    GpuInUse("kubectl -n NAMESPACE get pods -l serving.knative.dev/service=INSTANCE-ai"),
    /** A secret that the spec names is not there, or lacks the label that lets the operator see it. */
    SecretMissing("kubectl -n NAMESPACE label secret SECRET memoir.dev/part-of=memoir"),
    /** A secret that the spec names lacks a field. */
    SecretIncomplete("kubectl -n NAMESPACE edit secret SECRET"),
    /** The issuer's keys can't be had. */
    IssuerUnreachable("kubectl -n NAMESPACE get memoirinstance INSTANCE -o jsonpath='{.spec.identity.issuer}'"),
    /** A part that keeps data is starting. */
    PartStarting("kubectl -n NAMESPACE describe statefulset PART"),
    /** Something that was wished for is not there yet in this version. */
    NotSupported("see docs/kubernetes.md"),
    /** Roles, tables, buckets and streams are being made. */
    SettingUp("kubectl -n NAMESPACE logs job/JOB"),
    /** Setting up has failed and is not tried again. */
    SetupFailed("kubectl -n NAMESPACE logs job/JOB; then kubectl -n NAMESPACE delete job JOB"),
    /** A function's new revision is being made ready. */
    FunctionProgressing("kubectl -n NAMESPACE get revisions"),
    /** A function's new revision does not start; the last good one goes on serving. */
    FunctionFails("kubectl -n NAMESPACE describe ksvc FUNCTION"),
    /** Knative can't ask the image's registry what its tag stands for, as with one that was only brought onto the nodes. */
    TagUnresolved("kubectl -n knative-serving patch configmap config-deployment --type merge -p 'PATCH'"),
    /** The runner is starting. */
    RunnerStarting("kubectl -n NAMESPACE describe deployment PART"),
    /** The operator itself has met something that it does not expect; it tries again. */
    Unexpected("kubectl logs deployment/memoir-operator");

    private final String next;

    Reason(String next) {
        this.next = next;
    }

    /** The command, or the thing to do, that brings a person on; words in capitals stand for names. */
    public String next() {
        return next;
    }
}
