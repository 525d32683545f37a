package dev.memoir.api;

import dev.memoir.catalog.AlbumLibrary;
import dev.memoir.catalog.AlbumRule;
import dev.memoir.catalog.GeoBox;
import dev.memoir.media.AlbumOrder;
import dev.memoir.media.access.AlbumRole;
import dev.memoir.media.access.GranteeKind;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.Enum;
import org.eclipse.microprofile.graphql.Id;
import org.eclipse.microprofile.graphql.Name;
import org.eclipse.microprofile.graphql.NonNull;
import org.eclipse.microprofile.graphql.Type;

/** An album as a client reads one; {@link AlbumDetails} adds what is looked up only when asked for. */
@Type("Album")
@Description("An album that the caller has: their own, or one that was given to them.")
public final class AlbumView {
    private final AlbumLibrary.Seen album;

    AlbumView(AlbumLibrary.Seen album) {
        this.album = album;
    }

    AlbumLibrary.Seen album() {
        return album;
    }

    @Id
    @NonNull
    @Description("Stays the same, even when the catalog is made anew from the bucket.")
    public String getId() {
        return album.id().toString();
    }

    @NonNull
    public String getName() {
        return album.name();
    }

    @NonNull
    @Name("description")
    public String getText() {
        return album.description();
    }

    @NonNull
    @Description("Who made it.")
    public String getOwner() {
        return album.owner();
    }

    @NonNull
    @Description("What the caller is to it: each may do what those before it may.")
    public AlbumRole getRole() {
        return album.role();
    }

    @Id
    @Description("The album that it lies in; null when it lies in none that the caller has.")
    public Optional<String> getParent() {
        return album.parent().map(UUID::toString);
    }

    @NonNull
    public AlbumOrder getOrder() {
        return album.order();
    }

    /** What an album's pictures are there by. */
    @Enum("AlbumKind")
    public enum Kind {
        MANUAL,
        RULE
    }

    @NonNull
    @Description(
            "MANUAL: it has what was added. RULE: it has what its rule finds, now and later, and nothing can be added.")
    public Kind getKind() {
        return album.gathers() ? Kind.RULE : Kind.MANUAL;
    }

    @Description("By what it gathers its pictures; told only to who may change it.")
    public Optional<Rule> getRule() {
        return album.rule().map(Rule::new);
    }

    @NonNull
    @Description("Who else has it, and as what; told only to who may change that.")
    public List<@NonNull Grant> getGrants() {
        return album.grants().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(grant -> new Grant(grant.getKey().kind(), grant.getKey().name(), grant.getValue()))
                .toList();
    }

    @NonNull
    public Instant getCreatedAt() {
        return album.createdAt();
    }

    @NonNull
    @Description("When name, description, cover, place, order or rights were last changed.")
    public Instant getChangedAt() {
        return album.changedAt();
    }

    @Type("AlbumGrant")
    @Description("Whom an album was given.")
    public record Grant(
            @NonNull GranteeKind kind,

            @NonNull @Description("Of the person, or of the group whose members have it.")
            String name,

            @NonNull AlbumRole role) {}

    @Type("AlbumRule")
    @Description("All conditions that are given hold for what is in the album.")
    public static final class Rule {
        private final AlbumRule rule;

        Rule(AlbumRule rule) {
            this.rule = rule;
        }

        @NonNull
        @Description("Among whose pictures.")
        public List<@NonNull String> getOwners() {
            return rule.owners().stream().sorted().toList();
        }

        @NonNull
        @Description("All of these people are seen in it, by their ids.")
        public List<@NonNull String> getPeople() {
            return rule.people().stream().map(UUID::toString).sorted().toList();
        }

        @NonNull
        @Description("All of these labels.")
        public List<@NonNull String> getLabels() {
            return rule.labels();
        }

        public Optional<Instant> getTakenFrom() {
            return rule.from();
        }

        public Optional<Instant> getTakenBefore() {
            return rule.before();
        }

        public Optional<Box> getBox() {
            return rule.box().map(Box::of);
        }
    }

    @Type("Box")
    @Description("Degrees, WGS 84. A box whose west is east of its east crosses the date line.")
    public record Box(double south, double west, double north, double east) {
        static Box of(GeoBox box) {
            return new Box(box.south(), box.west(), box.north(), box.east());
        }
    }
}
