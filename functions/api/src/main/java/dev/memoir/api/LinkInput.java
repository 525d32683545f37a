package dev.memoir.api;

import dev.memoir.media.sharing.Link;
import java.time.Instant;
import java.util.Optional;
import org.eclipse.microprofile.graphql.DefaultValue;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.Input;

@Input("LinkInput")
@Description("What a link's guests are told and given. All but the password is said anew with each change.")
public class LinkInput {
    private static final int LONGEST_TITLE = 200;

    @Description("At most 200 characters, for guests; null: none.")
    public String title;

    @Description("When it ends by itself; null: not before its maker ends it.")
    public Instant expiresAt;

    @Description(
            "At least 6 characters. Null leaves it as it is, which is none at first; an empty one takes it away. Whoever"
                    + " has opened the link by another password must open it again.")
    public String password;

    @DefaultValue("false")
    public boolean download;

    @DefaultValue("false")
    public boolean showPlace;

    @DefaultValue("false")
    public boolean showNames;

    Link.Terms terms() {
        Optional<String> said = Optional.ofNullable(title).map(String::strip).filter(text -> !text.isEmpty());
        if (said.filter(text -> text.length() > LONGEST_TITLE || text.chars().anyMatch(Character::isISOControl))
                .isPresent()) {
            throw new Problem.BadInput("title: at most " + LONGEST_TITLE + " characters, and all of them visible");
        }
        return new Link.Terms(said, Optional.ofNullable(expiresAt), download, showPlace, showNames);
    }

    Optional<String> password() {
        return Optional.ofNullable(password);
    }
}
