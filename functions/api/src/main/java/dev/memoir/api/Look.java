package dev.memoir.api;

import dev.memoir.catalog.Library.Spoken;
import java.time.Instant;
import java.util.Optional;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.NonNull;
import org.eclipse.microprofile.graphql.Type;

/** An analysis as a client reads it. */
@Type("Analysis")
@Description("That a model has looked at the asset.")
public final class Look {
    private final Spoken spoken;

    Look(Spoken spoken) {
        this.spoken = spoken;
    }

    @NonNull
    @Description("labels, objects, nsfw or faces")
    public String getTask() {
        return spoken.analysis().task();
    }

    @NonNull
    public String getModel() {
        return spoken.analysis().model();
    }

    @NonNull
    public String getVersion() {
        return spoken.analysis().version();
    }

    @Description("0 to 1, for tasks that give one number.")
    public Optional<Double> getScore() {
        return spoken.analysis().score().isPresent()
                ? Optional.of(spoken.analysis().score().getAsDouble())
                : Optional.empty();
    }

    @NonNull
    public Instant getAt() {
        return spoken.at();
    }
}
