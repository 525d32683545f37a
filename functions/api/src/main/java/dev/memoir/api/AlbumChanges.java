package dev.memoir.api;

import dev.memoir.api.AssetChanges.AssetOutcome;
import dev.memoir.media.access.AlbumRole;
import dev.memoir.media.access.Grantee;
import dev.memoir.media.access.GranteeKind;
import java.util.List;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.GraphQLApi;
import org.eclipse.microprofile.graphql.Id;
import org.eclipse.microprofile.graphql.Input;
import org.eclipse.microprofile.graphql.Mutation;
import org.eclipse.microprofile.graphql.Name;
import org.eclipse.microprofile.graphql.NonNull;

/** What a person does with albums. It stands in the bucket before the answer is given. */
@GraphQLApi
@Answers
public class AlbumChanges {
    private final AlbumDesk desk;

    public AlbumChanges(AlbumDesk desk) {
        this.desk = desk;
    }

    @Mutation
    @NonNull
    @Description("Makes an album of the caller's. It must be given a name.")
    public AlbumView createAlbum(@NonNull AlbumInput album) {
        return desk.create(album);
    }

    @Mutation
    @NonNull
    @Description("Changes what an album says of itself. For its owner and who has it as MANAGE.")
    public AlbumView updateAlbum(@Id @NonNull String id, @NonNull AlbumInput album) {
        return desk.update(AlbumQueries.id(id), album);
    }

    @Mutation
    @Description("Removes an album, for its owner. Never removes an asset; albums that lie in it lie in none then.")
    public boolean deleteAlbum(@Id @NonNull String id) {
        desk.delete(AlbumQueries.id(id));
        return true;
    }

    @Mutation
    @NonNull
    @Description(
            "Puts assets into an album, at its end. Only what the caller may change: whoever has the album sees it from then on."
                    + " For its owner and who has it as CONTRIBUTE or MANAGE. At most 500 at once.")
    public List<@NonNull AssetOutcome> addToAlbum(@Id @NonNull String id, @NonNull List<@NonNull String> assets) {
        return desk.add(AlbumQueries.id(id), AssetChanges.read(assets));
    }

    @Mutation
    @NonNull
    @Description(
            "Takes assets out of an album; they stay where they are. Who has it as CONTRIBUTE takes out what they may"
                    + " change. At most 500 at once.")
    public List<@NonNull AssetOutcome> removeFromAlbum(@Id @NonNull String id, @NonNull List<@NonNull String> assets) {
        return desk.remove(AlbumQueries.id(id), AssetChanges.read(assets));
    }

    @Mutation
    @NonNull
    @Description(
            "Puts assets that are in an album before another of its assets, in the order of the list; without one, at the end. Only"
                    + " where the order is MANUAL. For its owner and who has it as MANAGE. At most 500 at once.")
    public AlbumView moveInAlbum(@Id @NonNull String id, @NonNull List<@NonNull String> assets, @Id String before) {
        return desk.move(
                AlbumQueries.id(id), AssetChanges.read(assets), before == null ? null : AssetQueries.uuid(before));
    }

    /** Whom it is given. */
    @Input("GranteeInput")
    public static class To {
        @NonNull
        public GranteeKind kind;

        @NonNull
        @Description("Of the person, or of the group.")
        public String name;

        Grantee read() {
            if (name.isBlank() || name.length() > 200 || name.chars().anyMatch(Character::isISOControl)) {
                throw new Problem.BadInput("to: a name has 1 to 200 characters, and all of them are visible");
            }
            return new Grantee(kind, name.strip());
        }
    }

    @Mutation
    @NonNull
    @Description(
            "Gives an album to a person or a group, or says anew as what they have it. For its owner and who has it as MANAGE."
                    + " It is noted who did it.")
    public AlbumView shareAlbum(@Id @NonNull String id, @NonNull To to, @NonNull AlbumRole role) {
        return desk.share(AlbumQueries.id(id), to.read(), role);
    }

    @Mutation
    @NonNull
    @Description(
            "Takes an album back from a person or a group. A person's own assets leave it with them. For its owner and who has it as"
                    + " MANAGE. It is noted who did it.")
    public AlbumView unshareAlbum(@Id @NonNull String id, @NonNull @Name("from") To from) {
        return desk.unshare(AlbumQueries.id(id), from.read());
    }
}
