package dev.memoir.api;

import dev.memoir.catalog.AlbumCursor;
import dev.memoir.catalog.AlbumLibrary;
import dev.memoir.catalog.AlbumLibrary.Seen;
import dev.memoir.catalog.Item;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.graphql.DefaultValue;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.GraphQLApi;
import org.eclipse.microprofile.graphql.NonNull;
import org.eclipse.microprofile.graphql.Source;

/** What of albums is looked up only when it is asked for. */
@GraphQLApi
@Answers
public class AlbumDetails {
    private final AlbumLibrary albums;
    private final Bearer bearer;

    public AlbumDetails(AlbumLibrary albums, Bearer bearer) {
        this.albums = albums;
        this.bearer = bearer;
    }

    @NonNull
    @Description("How many assets in it the caller sees; what is in the trash is not among them.")
    public List<@NonNull Long> count(@Source List<AlbumView> views) {
        Map<UUID, Long> counts = albums.counts(bearer.caller(), ids(views));
        return views.stream()
                .map(view -> counts.getOrDefault(view.album().id(), 0L))
                .toList();
    }

    @Description("What to show it by: the chosen asset, else its first; null when the caller sees none in it.")
    public List<Optional<Asset>> cover(@Source List<AlbumView> views) {
        Map<UUID, Item> covers = albums.covers(bearer.caller(), ids(views));
        return views.stream()
                .map(view -> Optional.ofNullable(covers.get(view.album().id())).map(Asset::new))
                .toList();
    }

    @NonNull
    @Description("The assets in it that the caller sees, in its order. At most 500 at once.")
    public Connection assets(@Source AlbumView view, @DefaultValue("50") int first, String after) {
        AssetQueries.within(first, AssetQueries.MOST_AT_ONCE);
        Seen album = view.album();
        return new Connection(
                albums.items(bearer.caller(), album.id(), first, AssetQueries.cursor(after, AlbumCursor::parse)));
    }

    @NonNull
    @Description("The albums that the caller has in which it is, the latest made first.")
    public List<@NonNull List<@NonNull AlbumView>> albums(@Source List<Asset> assets) {
        Map<UUID, List<Seen>> holding = albums.holding(
                bearer.caller(), assets.stream().map(asset -> asset.item().id()).toList());
        return assets.stream()
                .map(asset -> holding.getOrDefault(asset.item().id(), List.of()).stream()
                        .map(AlbumView::new)
                        .toList())
                .toList();
    }

    private static List<UUID> ids(List<AlbumView> views) {
        return views.stream().map(view -> view.album().id()).toList();
    }
}
