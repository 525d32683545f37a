package dev.memoir.operator.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.List;

/** The buckets and who keeps them. */
@ValidationRule(
        value = "has(self.managed) != has(self.external)",
        message = "name either managed or external, and not both")
@ValidationRule(
        value = "!has(self.encryption) || !has(self.managed) || self.managed.engine == 'minio'",
        message = "versitygw can't encrypt: put encryption on its volume, or use minio or an external store",
        fieldPath = ".encryption")
@ValidationRule(
        value = "!has(self.encryption) || has(self.managed) == has(self.encryption.keySecret)",
        message = "a managed store takes keySecret, an external one kmsKey",
        fieldPath = ".encryption")
@ValidationRule(
        value = "!has(self.managed) || !has(oldSelf.managed) || self.managed.engine == oldSelf.managed.engine",
        message = "the engine can't be changed: each keeps what it holds in a way of its own. Make another instance,"
                + " and copy the originals there",
        fieldPath = ".managed.engine")
@ValidationRule(
        value = "!has(self.tiers) || self.tiers.all(i, self.tiers.all(j, i == j || i.afterDays != j.afterDays))",
        message = "no two tiers may begin on the same day",
        fieldPath = ".tiers")
public record Storage(
        @JsonPropertyDescription("A store that the operator runs, for a homelab.")
        Managed managed,

        @JsonPropertyDescription("A store that is there already, of any maker.")
        External external,

        @JsonPropertyDescription("The names of the buckets.") @Default("{}")
        Buckets buckets,

        @JsonPropertyDescription("Colder classes for what gets older. The youngest tier stands first.") @Size(max = 5)
        List<Tier> tiers,

        @JsonPropertyDescription(
                "Encryption by the store of all that is put from then on, with a key of one's own (SSE-KMS).")
        Encryption encryption) {

    /** What keeps the managed store's objects. */
    public enum Engine {
        versitygw,
        minio
    }

    public record Managed(
            @JsonPropertyDescription(
                    "versitygw keeps photos as ordinary files in ordinary folders; minio is for those who know"
                            + " it already.")
            @Default("versitygw")
            Engine engine,

            @JsonPropertyDescription("How large its volume is.") @Default("100Gi")
            Quantity size,

            @JsonPropertyDescription("The storage class of its volume. Left out, the cluster's default.")
            String storageClass,

            @JsonPropertyDescription(
                    "The name under which browsers and phones reach the store, by the same ingress controller and with"
                            + " the same certificate as the edge; within the cluster it then serves without TLS. Left out, only"
                            + " the cluster reaches it.")
            @Pattern("^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$")
            String host) {}

    public record External(
            @JsonPropertyDescription("Its address, as the functions reach it.") @Required @Pattern("^https?://[^/]+/?$")
            String endpoint,

            @JsonPropertyDescription(
                    "Its address as browsers and phones reach it, if that is another one: presigned addresses"
                            + " carry it.")
            @Pattern("^https?://[^/]+/?$")
            String publicEndpoint,

            @JsonPropertyDescription("The region that requests are signed for.") @Default("us-east-1")
            String region,

            @JsonPropertyDescription("The name of a secret with accessKey and secretKey. It must carry the label"
                    + " memoir.dev/part-of: memoir.")
            @Required
            @Size(min = 1)
            String secret) {}

    public record Buckets(
            @JsonPropertyDescription("What people gave; never rewritten.")
            @Default("originals")
            @Pattern("^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$")
            String originals,

            @JsonPropertyDescription("What can be made again: renditions, face chips, models.")
            @Default("derived")
            @Pattern("^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$")
            String derived) {}

    @ValidationRule(
            value = "!(self.storageClass in ['GLACIER', 'DEEP_ARCHIVE'])",
            message = "what lies there can't be read at once, and people want to see it: take GLACIER_IR",
            fieldPath = ".storageClass")
    public record Tier(
            @JsonPropertyDescription("An original moves when it has been there for so many days.") @Required @Min(1)
            Integer afterDays,

            @JsonPropertyDescription("The store's own name of the class, such as STANDARD_IA.") @Required @Size(min = 1)
            String storageClass) {}

    @ValidationRule(
            value = "has(self.keySecret) != has(self.kmsKey)",
            message = "name either a secret with a key or a key of the store's own service")
    public record Encryption(
            @JsonPropertyDescription(
                    "For a managed minio: the name of a secret whose key field holds 32 bytes in Base64. It must carry the"
                            + " label memoir.dev/part-of: memoir. Without the key nothing can be read again.")
            @Size(min = 1)
            String keySecret,

            @JsonPropertyDescription(
                    "For an external store: the name or the ARN of a key in the store's key service. Its access key must"
                            + " be allowed to use it.")
            @Size(min = 1)
            String kmsKey) {}
}
