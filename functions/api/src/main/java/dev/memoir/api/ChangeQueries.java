package dev.memoir.api;

import dev.memoir.catalog.ChangeToken;
import dev.memoir.catalog.Library;
import dev.memoir.media.Claims;
import java.util.Optional;
import org.eclipse.microprofile.graphql.DefaultValue;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.GraphQLApi;
import org.eclipse.microprofile.graphql.NonNull;
import org.eclipse.microprofile.graphql.Query;

/** Keeping up with what changes. */
@GraphQLApi
@Answers
public class ChangeQueries {
    private final Library library;
    private final Bearer bearer;

    public ChangeQueries(Library library, Bearer bearer) {
        this.library = library;
        this.bearer = bearer;
    }

    @Query
    @NonNull
    @Description(
            "What changed since the caller last asked of that which they see in lists: their own assets and the family's."
                    + " Changes of what they see in an album alone, and of albums, are not told. First without since; later with"
                    + " the token that the last answer had.")
    public Changes changes(
            @Description("A token of an earlier answer. It is good for whoever it was given to.") String since,
            @DefaultValue("200") int first) {
        AssetQueries.within(first, AssetQueries.MOST_AT_ONCE);
        Claims caller = bearer.caller();
        if (since == null) {
            return Changes.none(Changes.Status.BEGUN, library.now(caller));
        }
        return token(since)
                .flatMap(token -> library.changes(caller, token, first))
                .map(Changes::since)
                .orElseGet(() -> Changes.none(Changes.Status.RESET, library.now(caller)));
    }

    private static Optional<ChangeToken> token(String since) {
        try {
            return ChangeToken.parse(since);
        } catch (IllegalArgumentException e) {
            throw new Problem.BadInput("since: not a token of changes: " + since);
        }
    }
}
