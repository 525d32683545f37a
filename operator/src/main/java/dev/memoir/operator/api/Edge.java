package dev.memoir.operator.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.ResourceRequirements;

/** The runner: it lets people in and brings events to the functions. The one program that never sleeps. */
@ValidationRule(
        value = "!has(self.tls) || has(self.host)",
        message = "a certificate is for a name: tell the host",
        fieldPath = ".host")
public record Edge(
        @JsonPropertyDescription(
                "The name that people type. Left out, there is no Ingress, and the address is the service's.")
        @Pattern("^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$")
        String host,

        @JsonPropertyDescription("Encryption between people and the ingress controller.")
        Tls tls,

        @JsonPropertyDescription("The ingress controller that serves it. Left out, the cluster's default.")
        String ingressClass,

        @JsonPropertyDescription(
                "Make a configuration for a gateway that stands before it, in the ConfigMap NAME-gateway;"
                        + " running one is not the operator's. Left out, none.")
        Gateway gateway,

        @JsonPropertyDescription("How many run. Two go on serving while a node is drained.")
        @Default("1")
        @Min(1)
        @Max(3)
        Integer replicas,

        @JsonPropertyDescription("What each of them may take.")
        @Default("{\"requests\": {\"cpu\": \"25m\", \"memory\": \"96Mi\"}, \"limits\": {\"memory\": \"192Mi\"}}")
        ResourceRequirements resources) {

    /** Gateways that a configuration is made for. */
    public enum Gateway {
        krakend
    }

    @ValidationRule(
            value = "has(self.secret) != has(self.issuer)",
            message = "name either a secret with a certificate or an issuer of cert-manager")
    public record Tls(
            @JsonPropertyDescription("The name of a secret with tls.crt and tls.key.")
            String secret,

            @JsonPropertyDescription("The name of cert-manager's ClusterIssuer that makes the certificate.")
            String issuer) {}
}
