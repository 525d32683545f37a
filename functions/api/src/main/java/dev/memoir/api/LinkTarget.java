package dev.memoir.api;

import java.util.List;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.Id;
import org.eclipse.microprofile.graphql.Input;
import org.eclipse.microprofile.graphql.NonNull;

@Input("LinkTarget")
@Description("What a link shows: one of the two.")
public class LinkTarget {
    @Description("Ids of pictures that the caller may change, at most 5000.")
    public List<@NonNull String> assets;

    @Id
    @Description("An album of the caller's: what is added to it later is shown, too.")
    public String album;
}
