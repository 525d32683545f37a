package dev.memoir.operator.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;

/** An OpenID Connect issuer, found by discovery. */
public record Identity(
        @JsonPropertyDescription("The issuer's address, exactly as its tokens say it.")
        @Required
        @Pattern("^https?://.+")
        String issuer,

        @JsonPropertyDescription("What a token must be meant for.") @Required @Size(min = 1)
        String audience,

        @JsonPropertyDescription("The client that pages log in with there. Without it people bring a token.")
        @Size(min = 1)
        String clientId,

        @JsonPropertyDescription("Which claims say what. Dots lead into objects, as in realm_access.roles;"
                + " a dot, comma or backslash of a claim's own name has a backslash before it.")
        @Default("{}")
        Claims claims) {

    /** Steps with dots between them; in each, dot, comma and backslash stand behind a backslash. */
    private static final String PATH = "([^\\\\.,]|\\\\[\\\\.,])+(\\.([^\\\\.,]|\\\\[\\\\.,])+)*";

    /** An address whose dots lead into objects. */
    private static final String SPLIT_ADDRESS = "matches('://[^/,]*[^\\\\\\\\/,]\\\\.')";

    private static final String ESCAPE = "write \\. for each dot that belongs to a claim's name";

    @ValidationRule(
            value = "!(has(self.subject) && self.subject." + SPLIT_ADDRESS + ")",
            message = ESCAPE,
            fieldPath = ".subject")
    @ValidationRule(
            value = "!(has(self.groups) && self.groups." + SPLIT_ADDRESS + ")",
            message = ESCAPE,
            fieldPath = ".groups")
    @ValidationRule(
            value = "!(has(self.attributes) && self.attributes.exists(a, a." + SPLIT_ADDRESS + "))",
            message = ESCAPE,
            fieldPath = ".attributes")
    @ValidationRule(
            value = "!has(self.attributes) || self.attributes.all(a,"
                    + " self.attributes.exists_one(b, b.split('=')[0] == a.split('=')[0]))",
            message = "name each attribute once",
            fieldPath = ".attributes")
    public record Claims(
            @JsonPropertyDescription("Who it is, for good: never a claim that people can change themselves.")
            @Default(SUBJECT)
            @Pattern("^" + PATH + "$")
            @Size(max = 255)
            String subject,

            @JsonPropertyDescription("To which groups the person belongs: a list, a text with commas, or an object's"
                    + " names. Several claims have commas between them.")
            @Default(GROUPS)
            @Pattern("^" + PATH + "(," + PATH + ")*$")
            @Size(max = 1000)
            String groups,

            @JsonPropertyDescription("What rules may ask for, such as adult, or adult=custom:adult where the claim has"
                    + " another name.")
            @Size(max = 20)
            List<@Pattern("^([A-Za-z0-9_-]{1,63}|[A-Za-z0-9_-]{1,63}=" + PATH + ")$") @Size(max = 320) String>
                    attributes) {
        public static final String SUBJECT = "sub";
        public static final String GROUPS = "groups";
    }
}
