package dev.memoir.operator.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/** One variable of an environment, out of a secret. */
@ValidationRule(
        value = "!self.name.startsWith('MEMOIR_')",
        message = "variables that begin with MEMOIR_ are the operator's",
        fieldPath = ".name")
public record SecretVariable(
        @JsonPropertyDescription("The variable's name. Those that begin with MEMOIR_ are the operator's.")
        @Required
        @Pattern("^[A-Za-z_][A-Za-z0-9_]*$")
        @Size(max = 200)
        String name,

        @JsonPropertyDescription("The secret's name.") @Required @Size(min = 1)
        String secret,

        @JsonPropertyDescription("The key in it.") @Required @Size(min = 1)
        String key) {}
