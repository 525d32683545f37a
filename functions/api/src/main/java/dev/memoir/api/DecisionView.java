package dev.memoir.api;

import dev.memoir.people.Decided;
import dev.memoir.people.Decision;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.Id;
import org.eclipse.microprofile.graphql.NonNull;
import org.eclipse.microprofile.graphql.Type;

/** A decision on people as a client reads it. */
@Type("PersonDecision")
@Description("Something somebody decided on people.")
public final class DecisionView {
    private final Decision decision;
    private final boolean undone;
    private final Optional<String> name;

    DecisionView(Decision decision, boolean undone) {
        this(
                decision,
                undone,
                decision.what() instanceof Decision.Name name ? Optional.of(name.name()) : Optional.empty());
    }

    /** @param name of whom it is about */
    DecisionView(Decision decision, boolean undone, Optional<String> name) {
        this.decision = decision;
        this.undone = undone;
        this.name = name;
    }

    /** What was decided. */
    public enum DecisionKind {
        NAME,
        MERGE,
        MOVE,
        REJECT,
        HIDE,
        COVER,
        APART,
        FORGET,
        UNDO
    }

    @Id
    @NonNull
    public String getId() {
        return decision.id();
    }

    @NonNull
    @Description("When, ISO 8601.")
    public String getAt() {
        return decision.at();
    }

    @NonNull
    @Description("The subject of who decided.")
    public String getBy() {
        return decision.by();
    }

    @NonNull
    public DecisionKind getKind() {
        return switch (decision.what()) {
            case Decision.Name _ -> DecisionKind.NAME;
            case Decision.Merge _ -> DecisionKind.MERGE;
            case Decision.Move _ -> DecisionKind.MOVE;
            case Decision.Reject _ -> DecisionKind.REJECT;
            case Decision.Hide _ -> DecisionKind.HIDE;
            case Decision.Cover _ -> DecisionKind.COVER;
            case Decision.Apart _ -> DecisionKind.APART;
            case Decision.Forget _ -> DecisionKind.FORGET;
            case Decision.Undo _ -> DecisionKind.UNDO;
        };
    }

    @Description("It does not hold any more.")
    public boolean getUndone() {
        return undone;
    }

    @Description("The name that was given; of somebody not to be recognised, the one they had.")
    public Optional<String> getName() {
        return name;
    }

    /** That somebody is not to be recognised, if that is what it says or takes back. */
    static Optional<Decision.Forget> forgetting(Decision decision, List<Decision> all) {
        return switch (decision.what()) {
            case Decision.Forget forget -> Optional.of(forget);
            case Decision.Undo undo ->
                Decided.undoneBy(decision, undo, all).flatMap(earlier -> forgetting(earlier, all));
            default -> Optional.empty();
        };
    }

    /** Whom it is about. An undoing is about whom its target is; it only reaches back. */
    static Stream<UUID> about(Decision decision, List<Decision> all) {
        return decision.what() instanceof Decision.Undo undo
                ? Decided.undoneBy(decision, undo, all).stream().flatMap(earlier -> about(earlier, all))
                : decision.what().people();
    }
}
