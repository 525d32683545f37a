package dev.memoir.operator.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;

/** What a person wants. The operator never writes here. */
@ValidationRule(
        value = "!(has(self.storage.managed) && has(self.storage.tiers) && size(self.storage.tiers) > 0)",
        message = "the managed store has no colder classes: leave tiers out, or name an external store",
        fieldPath = ".storage")
public record MemoirInstanceSpec(
        @JsonPropertyDescription("Where originals and what is derived from them lie.") @Required
        Storage storage,

        @JsonPropertyDescription("The queue that brings the store's notifications to the functions.")
        @Default("{\"managed\": {}}")
        Events events,

        @JsonPropertyDescription("The PostgreSQL that can be made again from the bucket.") @Default("{\"managed\": {}}")
        Database database,

        @JsonPropertyDescription("Who may log in, and which of a token's claims say what about them.") @Required
        Identity identity,

        @JsonPropertyDescription("How people and phones reach the instance.") @Default("{}")
        Edge edge,

        @JsonPropertyDescription("The three programs that sleep until they are needed.") @Default("{}")
        Functions functions,

        @JsonPropertyDescription("Secrets (kubernetes.io/dockerconfigjson) with which the images are pulled.")
        @Size(max = 10)
        List<String> imagePullSecrets,

        @JsonPropertyDescription("Which weights the AI uses, and where they come from.") @Default("{}")
        Models models,

        @JsonPropertyDescription("What is learnt of the people in photos.") @Default("{}")
        People people,

        @JsonPropertyDescription("The web client.") @Default("{}")
        Web web,

        @JsonPropertyDescription("What is told to those who watch over the cluster.") @Default("{}")
        Telemetry telemetry,

        @JsonPropertyDescription("What is done on a schedule.") @Default("{}")
        Maintenance maintenance,

        @JsonPropertyDescription(
                "What becomes of the managed parts' volumes when the instance is deleted. The bucket of an"
                        + " external store is never touched.")
        @Default("Keep")
        DeletionPolicy deletionPolicy,

        @JsonPropertyDescription("Whether the operator leaves everything as it is, for work by hand.") @Default("false")
        Boolean paused) {

    /** What becomes of data that the operator had a place made for. */
    public enum DeletionPolicy {
        Keep,
        Delete
    }
}
