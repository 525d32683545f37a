package dev.memoir.operator.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.util.List;

/** An OpenID Connect issuer, found by discovery. */
public record Identity(
        @JsonPropertyDescription("The issuer's address, exactly as its tokens say it.")
        @Required
        @Pattern("^https?://.+")
        String issuer,

        @JsonPropertyDescription("What a token must be meant for.") @Required @Size(min = 1)
        String audience,

        @JsonPropertyDescription("Which claims say what. A path's steps are separated by dots.") @Default("{}")
        Claims claims) {

    public record Claims(
            @JsonPropertyDescription("Who it is, for good.") @Default("sub")
            String subject,

            @JsonPropertyDescription("To which groups the person belongs.") @Default("groups")
            String groups,

            @JsonPropertyDescription("Claims that rules may ask for, such as adult.") @Size(max = 20)
            List<String> attributes) {}
}
