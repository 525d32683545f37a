package dev.memoir.operator.api;

import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Version;

/** One library of one family, with everything that it takes. */
@Group("memoir.dev")
@Version("v1alpha1")
@ShortNames("mi")
@ValidationRule(
        value = "size(self.metadata.name) <= 40",
        message = "a name has at most 40 characters: what is made of it gets longer names")
@AdditionalPrinterColumn(name = "Ready", jsonPath = ".status.conditions[?(@.type==\"Ready\")].status")
@AdditionalPrinterColumn(name = "Reason", jsonPath = ".status.conditions[?(@.type==\"Ready\")].reason")
@AdditionalPrinterColumn(
        name = "Age",
        jsonPath = ".metadata.creationTimestamp",
        type = AdditionalPrinterColumn.Type.DATE)
public final class MemoirInstance extends CustomResource<MemoirInstanceSpec, MemoirInstanceStatus>
        implements Namespaced {
    private static final long serialVersionUID = 1;

    @Override
    @Required
    public MemoirInstanceSpec getSpec() {
        return super.getSpec();
    }

    @Override
    protected MemoirInstanceSpec initSpec() {
        return null;
    }

    @Override
    protected MemoirInstanceStatus initStatus() {
        return null;
    }
}
