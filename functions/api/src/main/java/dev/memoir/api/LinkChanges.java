package dev.memoir.api;

import dev.memoir.catalog.AlbumLibrary;
import dev.memoir.catalog.Item;
import dev.memoir.catalog.Library;
import dev.memoir.catalog.LinkLibrary;
import dev.memoir.house.HouseRefusal;
import dev.memoir.house.Links;
import dev.memoir.identity.LinkTokens;
import dev.memoir.media.Claims;
import dev.memoir.media.access.AlbumRole;
import dev.memoir.media.sharing.Link;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.GraphQLApi;
import org.eclipse.microprofile.graphql.Id;
import org.eclipse.microprofile.graphql.Mutation;
import org.eclipse.microprofile.graphql.NonNull;
import org.eclipse.microprofile.graphql.Query;
import org.eclipse.microprofile.graphql.Type;

/**
 * What a person shares by links. Who may change a picture may share it. A link is kept for good before the call returns, and
 * ended before it returns.
 */
@GraphQLApi
@Answers
public class LinkChanges {
    private static final int MOST_ASSETS = 5_000;

    private final Library library;
    private final AlbumLibrary albums;
    private final LinkLibrary links;
    private final Links documents;
    private final Optional<LinkTokens> tokens;
    private final Bearer bearer;

    public LinkChanges(
            Library library,
            AlbumLibrary albums,
            LinkLibrary links,
            Links documents,
            @ConfigProperty(name = "memoir.delivery.token") Optional<String> secret,
            Bearer bearer) {
        this.library = library;
        this.albums = albums;
        this.links = links;
        this.documents = documents;
        this.tokens = secret.map(LinkTokens::new);
        this.bearer = bearer;
    }

    @Type("NewLink")
    @Description("A link, and what nobody is told again.")
    public record NewLink(
            @NonNull LinkView link,

            @NonNull @Description("What opens it: the address of Memoir, /share# and this.")
            String token) {}

    @Query
    @NonNull
    @Description("The caller's own links, the newest first, those that have ended, too.")
    public List<@NonNull LinkView> links() {
        return links.links(bearer.caller()).stream().map(LinkView::new).toList();
    }

    @Mutation
    @NonNull
    @Description(
            "Makes a link to pictures that the caller may change, at most 5000, or to an album. Pictures that are not for"
                    + " children and those in the trash are not shown by it.")
    public NewLink createLink(@NonNull LinkTarget target, @NonNull LinkInput link) {
        Claims who = bearer.caller();
        LinkTokens.Fresh fresh = tokens.orElseThrow(() ->
                        new Problem.NotAllowed("links need a delivery token, which this installation has none of"))
                .fresh();
        Link.Terms terms = terms(link);
        if ((target.assets == null) == (target.album == null)) {
            throw new Problem.BadInput("target: give either assets or an album");
        }
        Optional<UUID> album = Optional.ofNullable(target.album).map(id -> own(who, id));
        List<Link.Shared> items = album.isPresent() ? List.of() : shared(who, target.assets);
        Link made = refused(() -> documents.create(
                fresh.id(), who.subject(), items, album, terms, link.password().filter(text -> !text.isEmpty())));
        return new NewLink(recorded(who, made), fresh.token());
    }

    /** Whose album it is, and nobody besides, shares it with people who have no name here. */
    private UUID own(Claims who, String id) {
        UUID asked = AssetQueries.uuid(id, "an album's");
        AlbumLibrary.Seen album = Optional.ofNullable(
                        albums.albums(who, List.of(asked)).get(asked))
                .orElseThrow(() -> new Problem.NotFound("There is no album " + id + "."));
        if (album.role() != AlbumRole.OWN) {
            throw new Problem.NotAllowed("Only whose album it is may make a link to it.");
        }
        return asked;
    }

    private List<Link.Shared> shared(Claims who, List<String> assets) {
        Set<UUID> ids = assets.stream().map(AssetQueries::uuid).collect(Collectors.toSet());
        if (ids.isEmpty() || ids.size() > MOST_ASSETS) {
            throw new Problem.BadInput("assets: between 1 and " + MOST_ASSETS + ", not " + ids.size());
        }
        List<Item> items = library.items(who, ids);
        if (items.size() < ids.size()) {
            throw new Problem.NotFound("Not all of these are in your photos.");
        }
        if (library.changeable(who, items).size() < ids.size()) {
            throw new Problem.NotAllowed("Only who may change a picture may share it.");
        }
        return items.stream()
                .map(item -> new Link.Shared(item.owner(), item.sha256()))
                .toList();
    }

    @Mutation
    @NonNull
    @Description("Changes what the guests of one of the caller's links are told and given, at once.")
    public LinkView updateLink(@Id @NonNull String id, @NonNull LinkInput link) {
        Claims who = bearer.caller();
        String known = known(who, id);
        Link.Terms terms = terms(link);
        return recorded(
                who,
                refused(() -> documents.change(known, who.subject(), terms, link.password()))
                        .orElseThrow(() -> none(id)));
    }

    @Mutation
    @NonNull
    @Description("Ends one of the caller's links for good, at once.")
    public LinkView revokeLink(@Id @NonNull String id) {
        Claims who = bearer.caller();
        String known = known(who, id);
        return recorded(who, documents.revoke(known, who.subject()).orElseThrow(() -> none(id)));
    }

    /** What somebody sends becomes part of a key only once it is the id of a link of theirs. */
    private String known(Claims who, String id) {
        return links.link(who, id).map(made -> made.link().id()).orElseThrow(() -> none(id));
    }

    private LinkView recorded(Claims who, Link link) {
        links.record(who, link);
        return new LinkView(links.link(who, link.id()).orElseThrow());
    }

    private static Link.Terms terms(LinkInput input) {
        Link.Terms terms = input.terms();
        if (terms.expiresAt().filter(end -> !end.isAfter(Instant.now())).isPresent()) {
            throw new Problem.BadInput("expiresAt: that is over already");
        }
        return terms;
    }

    private static <T> T refused(Supplier<T> work) {
        try {
            return work.get();
        } catch (HouseRefusal refusal) {
            throw new Problem.BadInput("password: " + refusal.getMessage());
        }
    }

    private static Problem none(String id) {
        return new Problem.NotFound("You have no link " + id + " that is still open to change.");
    }
}
