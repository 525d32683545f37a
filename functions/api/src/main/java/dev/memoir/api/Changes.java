package dev.memoir.api;

import dev.memoir.catalog.ChangeToken;
import dev.memoir.catalog.Library;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.Enum;
import org.eclipse.microprofile.graphql.NonNull;
import org.eclipse.microprofile.graphql.Type;

/** What changed from one token to the next. */
@Type("Changes")
public record Changes(
        @NonNull Status status,

        @NonNull
        @Description(
                "Those that were added, or of which anything changed that an asset tells and people or models say: each once, as"
                        + " it is now. In the trash it has trashedAt, and without any file present is false.")
        List<@NonNull Asset> assets,

        @NonNull @Description("Those that the caller sees no more. Some of them they may not have seen before.")
        List<@NonNull String> gone,

        @Description("Whether there are others: ask at once with the token.")
        boolean more,

        @NonNull @Description("For the next time.") String token) {

    /** How an answer goes on from the question. */
    @Enum("ChangesStatus")
    public enum Status {
        @Description("There was no token. What is read from now on holds until the answer to the next question.")
        BEGUN,

        @Description("This is all that changed since the token was given, or the first of it.")
        CONTINUED,

        @Description(
                "What changed since is not known, as the caller's rights are others, or the library's database or this version is:"
                        + " read anew what is kept.")
        RESET
    }

    static Changes none(Status status, ChangeToken token) {
        return new Changes(status, List.of(), List.of(), false, token.text());
    }

    static Changes since(Library.Changes found) {
        return new Changes(
                Status.CONTINUED,
                found.items().stream().map(Asset::new).toList(),
                found.gone().stream().map(UUID::toString).toList(),
                found.more(),
                found.next().text());
    }
}
