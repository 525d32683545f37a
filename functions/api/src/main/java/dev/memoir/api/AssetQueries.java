package dev.memoir.api;

import dev.memoir.catalog.Cursor;
import dev.memoir.catalog.Library;
import dev.memoir.media.Sha256;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.eclipse.microprofile.graphql.DefaultValue;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.GraphQLApi;
import org.eclipse.microprofile.graphql.Id;
import org.eclipse.microprofile.graphql.NonNull;
import org.eclipse.microprofile.graphql.Query;

/** Looking for assets. */
@GraphQLApi
@Answers
public class AssetQueries {
    static final int MOST_AT_ONCE = 500;

    private final Library library;
    private final Bearer bearer;

    public AssetQueries(Library library, Bearer bearer) {
        this.library = library;
        this.bearer = bearer;
    }

    @Query
    @NonNull
    @Description("The assets that the caller sees, their own and the family's, newest first. At most 500 at once.")
    public Connection assets(@DefaultValue("50") int first, String after, AssetFilter filter) {
        within(first, MOST_AT_ONCE);
        return new Connection(library.page(bearer.caller(), AssetFilter.read(filter), first, cursor(after)));
    }

    @Query
    @NonNull
    @Description("Where the caller's assets lie in time, newest first, to draw a timeline without reading it all.")
    public List<@NonNull TimelineBucket> timeline(AssetFilter filter) {
        return library.timeline(bearer.caller(), AssetFilter.read(filter)).stream()
                .map(TimelineBucket::new)
                .toList();
    }

    @Query
    @Description("One asset that the caller sees, by its id or its SHA-256; null when there is none.")
    public Optional<Asset> asset(@Id String id, String sha256) {
        if ((id == null) == (sha256 == null)) {
            throw new Problem.BadInput("asset: give either its id or its sha256");
        }
        return (id == null ? library.item(bearer.caller(), hash(sha256)) : library.item(bearer.caller(), uuid(id)))
                .map(Asset::new);
    }

    @Query
    @NonNull
    @Description("Which values the matching assets have, and how many assets have each.")
    public FacetView facets(AssetFilter filter) {
        return new FacetView(library.facets(bearer.caller(), AssetFilter.read(filter)));
    }

    static UUID uuid(String id) {
        return uuid(id, "an asset's");
    }

    /** @param whose as in "not an asset's id" */
    static UUID uuid(String id, String whose) {
        try {
            return UUID.fromString(id);
        } catch (IllegalArgumentException e) {
            throw new Problem.BadInput("not " + whose + " id: " + id);
        }
    }

    private static Sha256 hash(String sha256) {
        try {
            return new Sha256(sha256);
        } catch (IllegalArgumentException e) {
            throw new Problem.BadInput(e.getMessage());
        }
    }

    /** Refuses a page that has no items or more than {@code most}. */
    static void within(int first, int most) {
        if (first < 1 || first > most) {
            throw new Problem.BadInput("first: between 1 and " + most + ", not " + first);
        }
    }

    static Optional<Cursor> cursor(String after) {
        return cursor(after, Cursor::parse);
    }

    static <T> Optional<T> cursor(String after, Function<String, T> parse) {
        try {
            return Optional.ofNullable(after).filter(text -> !text.isEmpty()).map(parse);
        } catch (IllegalArgumentException e) {
            throw new Problem.BadInput("after: not a cursor of this list: " + after);
        }
    }
}
