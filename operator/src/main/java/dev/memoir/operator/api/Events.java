package dev.memoir.operator.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.Quantity;

/** The queue: NATS with JetStream. */
@ValidationRule(
        value = "has(self.managed) != has(self.external)",
        message = "name either managed or external, and not both")
public record Events(
        @JsonPropertyDescription("A NATS server that the operator runs.")
        Managed managed,

        @JsonPropertyDescription("A NATS that is there already.")
        External external) {

    public record Managed(
            @JsonPropertyDescription("How large the volume of its streams is.") @Default("5Gi")
            Quantity size,

            @JsonPropertyDescription("The storage class of its volume. Left out, the cluster's default.")
            String storageClass) {}

    public record External(
            @JsonPropertyDescription("Its address.") @Required @Pattern("^(nats|tls)://[^/]+$")
            String url,

            @JsonPropertyDescription(
                    "The name of a secret with user and password, of letters and digits. Left out, nobody logs in.")
            String secret) {}
}
