package dev.memoir.operator.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import java.util.List;

/** How the AI function runs: like the others, and perhaps on a GPU. */
@ValidationRule(
        value = "!has(self.minScale) || !has(self.maxScale) || self.minScale <= self.maxScale",
        message = "minScale can't be more than maxScale",
        fieldPath = ".minScale")
@ValidationRule(
        value = "!has(self.gpu) || !has(self.gpu.spot) || !self.gpu.spot || !has(self.minScale) || self.minScale == 0",
        message = "a spot GPU is given back when there is no work: minScale must be 0",
        fieldPath = ".minScale")
@ValidationRule(
        value = "!has(self.url) || !has(self.gpu)",
        message = "what runs elsewhere has its GPU there: say url or gpu",
        fieldPath = ".gpu")
public record AiFunction(
        @JsonPropertyDescription(
                "Where it runs, if not here: an address such as http://10.8.0.2:8080 that only an encrypted"
                        + " network leads to, since it gets the delivery token. Nothing is made for it then, and events wait"
                        + " while it is away.")
        @Pattern("^http://[A-Za-z0-9.-]+(:[0-9]{1,5})?$")
        String url,

        @JsonPropertyDescription("The image. Left out, the one of the operator's version.")
        String image,

        @JsonPropertyDescription("What one pod may take. No limit of processor time: it doubles a cold start.")
        ResourceRequirements resources,

        @JsonPropertyDescription("How many seconds without work a pod stays.") @Default("60") @Min(6) @Max(3600)
        Integer idleSeconds,

        @JsonPropertyDescription("How many pods are never put to sleep.") @Default("0") @Min(0) @Max(100)
        Integer minScale,

        @JsonPropertyDescription("How many pods there may be at most.") @Default("4") @Min(1) @Max(100)
        Integer maxScale,

        @JsonPropertyDescription("How many requests a pod works on at once. Left out, what suits the function.")
        @Min(1)
        @Max(100)
        Integer concurrency,

        @JsonPropertyDescription("Variables of its environment, each from a secret.") @Size(max = 50)
        List<SecretVariable> environment,

        @JsonPropertyDescription("On which nodes it may run.")
        Scheduling scheduling,

        @JsonPropertyDescription("The GPU it runs on. Left out, it runs on processors.")
        Gpu gpu,

        @JsonPropertyDescription("The service that labels pictures. Left out, the models here do.")
        Vision vision) {}
