package dev.memoir.api;

import dev.memoir.catalog.Cursor;
import dev.memoir.catalog.Filter;
import dev.memoir.catalog.Library;
import dev.memoir.catalog.PeopleLibrary;
import dev.memoir.catalog.PeopleLibrary.Face;
import dev.memoir.catalog.PeopleLibrary.Person;
import dev.memoir.media.Sha256;
import dev.memoir.store.Keys;
import dev.memoir.store.MediaStore;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.eclipse.microprofile.graphql.DefaultValue;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.GraphQLApi;
import org.eclipse.microprofile.graphql.NonNull;
import org.eclipse.microprofile.graphql.Source;
import org.eclipse.microprofile.graphql.Type;

/** What of people and faces is looked up only when it is asked for. */
@GraphQLApi
@Answers
public class PeopleDetails {
    private final Library library;
    private final PeopleLibrary people;
    private final MediaStore store;
    private final Bearer bearer;

    public PeopleDetails(Library library, PeopleLibrary people, MediaStore store, Bearer bearer) {
        this.library = library;
        this.people = people;
        this.store = store;
        this.bearer = bearer;
    }

    @NonNull
    @Description("The faces in it, from the left to the right.")
    public List<@NonNull List<@NonNull FaceView>> faces(@Source List<Asset> assets) {
        Set<Sha256> hashes = assets.stream().map(asset -> asset.item().sha256()).collect(Collectors.toSet());
        Map<Sha256, List<Face>> faces = people.faces(bearer.caller(), hashes);
        return assets.stream()
                .map(asset -> faces.getOrDefault(asset.item().sha256(), List.of()).stream()
                        .map(FaceView::new)
                        .toList())
                .toList();
    }

    @Description("Whose it is; null for one that is not good enough to say.")
    public List<Optional<PersonView>> person(@Source List<FaceView> faces) {
        Set<UUID> ids =
                faces.stream().flatMap(face -> face.face().person().stream()).collect(Collectors.toSet());
        Map<UUID, Person> known = people.people(bearer.caller(), ids);
        return faces.stream()
                .map(face -> face.face().person().map(known::get).map(PersonView::new))
                .toList();
    }

    @NonNull
    @Description("An address of the face, cut out and upright, 150 pixels; the same for a day.")
    public String thumbnail(@Source FaceView face) {
        String key = Keys.face(face.face().asset(), face.face().id());
        return store.signedRead(store.config().derived(), key, Optional.empty(), AssetDetails.RENDITION)
                .toString();
    }

    @Description("The photo that it is in; null while it is in the trash or gone.")
    public Optional<Asset> asset(@Source FaceView face) {
        return library.item(bearer.caller(), face.face().asset()).map(Asset::new);
    }

    @NonNull
    @Description("The caller's photos that show the person, newest first. At most 500 at once.")
    public Connection assets(@Source PersonView person, @DefaultValue("50") int first, String after) {
        AssetQueries.within(first, AssetQueries.MOST_AT_ONCE);
        Optional<Cursor> from = AssetQueries.cursor(after);
        return new Connection(
                library.page(bearer.caller(), Filter.with(Set.of(person.person().id())), first, from));
    }

    @Type("PersonCount")
    public record PersonCount(@NonNull PersonView person, long count) {}

    @NonNull
    @Description("Who is seen, without the hidden; the most frequent first, at most 200.")
    public List<@NonNull PersonCount> people(@Source FacetView facets) {
        Map<UUID, Person> known = people.people(bearer.caller(), facets.people().keySet());
        return facets.people().entrySet().stream()
                .filter(entry -> known.containsKey(entry.getKey())
                        && !known.get(entry.getKey()).hidden())
                .map(entry -> new PersonCount(new PersonView(known.get(entry.getKey())), entry.getValue()))
                .toList();
    }
}
