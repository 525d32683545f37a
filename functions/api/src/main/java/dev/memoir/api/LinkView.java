package dev.memoir.api;

import dev.memoir.catalog.LinkLibrary.Made;
import dev.memoir.catalog.LinkLibrary.Use;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.Id;
import org.eclipse.microprofile.graphql.NonNull;
import org.eclipse.microprofile.graphql.Type;

@Type("Link")
@Description("A link by which whoever has it sees some pictures, without a name of their own.")
public final class LinkView {
    private final Made made;
    private final Instant now;

    LinkView(Made made) {
        this.made = made;
        this.now = Instant.now();
    }

    @Id
    @NonNull
    @Description("To change it by. It opens nothing.")
    public String getId() {
        return made.link().id();
    }

    @Description("What its guests read above the pictures.")
    public Optional<String> getTitle() {
        return made.link().terms().title();
    }

    @NonNull
    public Instant getCreatedAt() {
        return made.link().createdAt();
    }

    @Description("When it ends by itself; null where it doesn't.")
    public Optional<Instant> getExpiresAt() {
        return made.link().terms().expiresAt();
    }

    @Description("When it was ended by its maker.")
    public Optional<Instant> getRevokedAt() {
        return made.link().revokedAt();
    }

    @Description("Whether it still opens.")
    public boolean isOpen() {
        return made.link().open(now);
    }

    @Description("Whether a password is asked for.")
    public boolean isLocked() {
        return made.link().locked();
    }

    @Description(
            "Whether pictures may be kept. Originals are given where showPlace is true, too; else the largest picture"
                    + " without what the file says of itself.")
    public boolean isDownload() {
        return made.link().terms().download();
    }

    @Description("Whether guests learn where pictures were taken.")
    public boolean isShowPlace() {
        return made.link().terms().showPlace();
    }

    @Description("Whether guests learn what the files are called.")
    public boolean isShowNames() {
        return made.link().terms().showNames();
    }

    @Id
    @Description("The album that it shows; null where it shows a selection.")
    public Optional<String> getAlbum() {
        return made.link().album().map(UUID::toString);
    }

    @Description("Pictures that its guests see now.")
    public long getItems() {
        return made.items();
    }

    @Description("How often it was opened; whoever looks for more than ten minutes opens it again.")
    public long getOpenings() {
        return made.uses().stream().mapToLong(Use::openings).sum();
    }

    @NonNull
    @Description("In which hours it was opened, the newest first: the last 100. Nobody's address is kept.")
    public List<@NonNull LinkUse> getUses() {
        return made.uses().stream()
                .map(use -> new LinkUse(use.hour(), use.openings(), use.downloads()))
                .toList();
    }

    @Type("LinkUse")
    public record LinkUse(
            @NonNull @Description("When it began.") Instant hour,

            long openings,

            @Description("Originals that were fetched.") long downloads) {}
}
