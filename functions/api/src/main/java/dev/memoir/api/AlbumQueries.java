package dev.memoir.api;

import dev.memoir.catalog.AlbumLibrary;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.graphql.DefaultValue;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.GraphQLApi;
import org.eclipse.microprofile.graphql.Id;
import org.eclipse.microprofile.graphql.NonNull;
import org.eclipse.microprofile.graphql.Query;

/** Looking for albums. */
@GraphQLApi
@Answers
public class AlbumQueries {
    private static final int MOST_ALBUMS = 200;

    private final AlbumLibrary albums;
    private final Bearer bearer;

    public AlbumQueries(AlbumLibrary albums, Bearer bearer) {
        this.albums = albums;
        this.bearer = bearer;
    }

    @Query
    @NonNull
    @Description(
            "The albums that the caller has, their own and those given to them, the latest made first. At most 200 at once.")
    public AlbumConnection albums(
            @DefaultValue("50") int first,
            String after,
            @Id @Description("Only those that lie in this album.") String parent,
            @DefaultValue("false") @Description("True: only those that lie in no album.") boolean top,
            @Description("True: only others'; false: only the caller's own.") Boolean shared) {
        AssetQueries.within(first, MOST_ALBUMS);
        var wanted = new AlbumLibrary.Wanted(
                Optional.ofNullable(parent).map(AlbumQueries::id), top, Optional.ofNullable(shared));
        return new AlbumConnection(albums.page(bearer.caller(), wanted, first, AssetQueries.cursor(after)));
    }

    @Query
    @Description("One album; null when the caller does not have it.")
    public Optional<AlbumView> album(@Id @NonNull String id) {
        UUID asked = id(id);
        return Optional.ofNullable(
                        albums.albums(bearer.caller(), List.of(asked)).get(asked))
                .map(AlbumView::new);
    }

    static UUID id(String id) {
        return AssetQueries.uuid(id, "an album's");
    }
}
