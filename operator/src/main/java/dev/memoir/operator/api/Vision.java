package dev.memoir.operator.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/** A vision service elsewhere that labels pictures instead of the models here. */
@ValidationRule(
        value = "self.provider != 'Rekognition' || has(self.region)",
        message = "Rekognition needs a region, such as eu-west-1",
        fieldPath = ".region")
public record Vision(
        @JsonPropertyDescription(
                "Which one. It is sent a large preview of every photo; faces are always looked for here.")
        @Required
        Provider provider,

        @JsonPropertyDescription("Rekognition: the AWS region.") @Size(min = 1, max = 50)
        String region,

        @JsonPropertyDescription("The secret with its keys: accessKey and secretKey for Rekognition, key for Google.")
        @Required
        @Size(min = 1)
        String secret,

        @JsonPropertyDescription("How many pictures are sent in a calendar month (UTC) at most.")
        @Default("1000")
        @Min(0)
        @Max(Integer.MAX_VALUE)
        Integer pictures,

        @JsonPropertyDescription("How many pictures a second one pod sends at most.") @Default("5") @Min(1) @Max(1000)
        Integer rate,

        @JsonPropertyDescription(
                "What happens when the month's are used up: Local has the models here look, Wait leaves photos without"
                        + " labels until the next month.")
        @Default("Local")
        Spent spent) {

    /** Whose service it is. */
    public enum Provider {
        Rekognition,
        Google
    }

    /** What to do when the month's pictures are used up. */
    public enum Spent {
        Local,
        Wait
    }
}
