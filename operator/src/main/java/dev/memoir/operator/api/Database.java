package dev.memoir.operator.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.Quantity;

/** PostgreSQL 15 or newer. */
@ValidationRule(
        value = "has(self.managed) != has(self.external)",
        message = "name either managed or external, and not both")
public record Database(
        @JsonPropertyDescription("A PostgreSQL that the operator runs.")
        Managed managed,

        @JsonPropertyDescription("A PostgreSQL that is there already.")
        External external) {

    /** How far the server is trusted: libpq's modes of the same names. */
    public enum Tls {
        Disable,
        Require,
        VerifyFull
    }

    public record Managed(
            @JsonPropertyDescription("How large its volume is.") @Default("10Gi")
            Quantity size,

            @JsonPropertyDescription("The storage class of its volume. Left out, the cluster's default.")
            String storageClass) {}

    public record External(
            @JsonPropertyDescription("Host and port, such as db.example.org:5432.")
            @Required
            @Pattern("^[^/:]+(:[0-9]+)?$")
            String address,

            @JsonPropertyDescription("The database's name.") @Default("memoir")
            String name,

            @JsonPropertyDescription(
                    "The name of a secret with user and password of somebody who may make roles and schemas there.")
            @Required
            @Size(min = 1)
            String secret,

            @JsonPropertyDescription(
                    "VerifyFull checks the server's certificate and name, Require only encrypts, Disable does"
                            + " neither.")
            @Default("VerifyFull")
            Tls tls,

            @JsonPropertyDescription(
                    "The name of a secret whose ca.crt signs the server's certificate. Left out, the system's"
                            + " authorities.")
            String caSecret) {}
}
