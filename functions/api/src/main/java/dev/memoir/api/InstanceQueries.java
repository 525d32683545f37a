package dev.memoir.api;

import dev.memoir.catalog.Facets;
import dev.memoir.catalog.Filter;
import dev.memoir.catalog.Library;
import dev.memoir.catalog.ModelVersion;
import dev.memoir.catalog.PeopleLibrary;
import dev.memoir.catalog.StorageLibrary;
import dev.memoir.catalog.Term;
import dev.memoir.media.Claims;
import dev.memoir.media.Quota;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.GraphQLApi;
import org.eclipse.microprofile.graphql.NonNull;
import org.eclipse.microprofile.graphql.Query;
import org.eclipse.microprofile.graphql.Type;

/** Facts of the installation. */
@GraphQLApi
@Answers
public class InstanceQueries {
    private final Library library;
    private final PeopleLibrary people;
    private final StorageLibrary storage;
    private final Bearer bearer;
    private final String version;
    private final String defaultOwner;

    public InstanceQueries(
            Library library,
            PeopleLibrary people,
            StorageLibrary storage,
            Bearer bearer,
            @ConfigProperty(name = "quarkus.application.version") String version,
            @ConfigProperty(name = "memoir.default.owner", defaultValue = "home") String defaultOwner) {
        this.library = library;
        this.people = people;
        this.storage = storage;
        this.bearer = bearer;
        this.version = version;
        this.defaultOwner = defaultOwner;
    }

    @Type("Instance")
    public record Instance(
            @NonNull String version,

            @NonNull @Description("The name of the token's bearer.")
            String subject,

            @NonNull @Description("Owns what lies outside users/ in the bucket, and so belongs to all of the family.")
            String defaultOwner,

            @Description("How many assets the caller sees in lists.")
            long assets,

            @NonNull @Description("Of which kinds they are.")
            List<FacetView.@NonNull Count> kinds,

            @NonNull @Description("What the caller's own originals take.")
            Storage storage,

            @Description("Whether the library looks for faces.")
            boolean faces,

            @Description("The model by which search(words) finds; null where none is installed and it can't be used.")
            Optional<ModelUse> searchByWords,

            @NonNull @Description("What models have looked at the newest of them.")
            List<@NonNull ModelUse> models) {}

    @Type("Storage")
    @Description("How much somebody's originals take: each content once, those in the trash, too.")
    public record Storage(
            @Description("How many there are.") long assets,

            @Description("Bytes of all of them.") long bytes,

            @Description("Bytes that they may take; null for as many as there are.")
            Long quota) {}

    @Type("ModelUse")
    public record ModelUse(
            @NonNull String task,
            @NonNull String model,
            @NonNull String version) {
        private static ModelUse of(ModelVersion model) {
            return new ModelUse(model.task(), model.model(), model.version());
        }
    }

    @Query
    @NonNull
    @Description("Facts of this installation.")
    public Instance instance() {
        Facets facets = library.facets(bearer.caller(), Filter.NONE);
        List<FacetView.Count> kinds = facets.of(Term.Kind.MEDIA_KIND).stream()
                .map(count -> new FacetView.Count(count.value(), count.items()))
                .toList();
        List<ModelUse> models =
                library.models(bearer.caller()).stream().map(ModelUse::of).toList();
        long assets = kinds.stream().mapToLong(FacetView.Count::count).sum();
        return new Instance(
                version,
                bearer.caller().subject(),
                defaultOwner,
                assets,
                kinds,
                storage(bearer.caller()),
                people.wanted(bearer.caller()),
                library.searchable(bearer.caller(), WordQueries.TASK).map(ModelUse::of),
                models);
    }

    /** A quota that can't be read is told where it matters, see {@link Uploads}. */
    private Storage storage(Claims who) {
        StorageLibrary.Stored stored = storage.own(who);
        try {
            return new Storage(
                    stored.assets(),
                    stored.bytes(),
                    Quota.of(who.attributes()).map(Quota::bytes).orElse(null));
        } catch (IllegalArgumentException e) {
            return new Storage(stored.assets(), stored.bytes(), null);
        }
    }
}
