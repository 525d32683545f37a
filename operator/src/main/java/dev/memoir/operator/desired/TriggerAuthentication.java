package dev.memoir.operator.desired;

import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Version;
import java.util.List;

/** What a scaler of KEDA proves itself with, and whom it believes: of KEDA's definition, what an instance needs. */
@Group("keda.sh")
@Version("v1alpha1")
public final class TriggerAuthentication extends CustomResource<TriggerAuthentication.Spec, Void>
        implements Namespaced {
    private static final long serialVersionUID = 1;

    public record Spec(List<FromSecret> secretTargetRef) {}

    /**
     * @param parameter of the scaler
     * @param name of the secret
     * @param key in it
     */
    public record FromSecret(String parameter, String name, String key) {}
}
