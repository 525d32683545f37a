package dev.memoir.api;

import dev.memoir.catalog.Facets;
import dev.memoir.catalog.Term;
import java.util.List;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.NonNull;
import org.eclipse.microprofile.graphql.Type;

/** Facets as a client reads them. */
@Type("Facets")
@Description("The most frequent values first, at most 200 of each.")
public final class FacetView {
    private final Facets facets;

    FacetView(Facets facets) {
        this.facets = facets;
    }

    @Type("FacetCount")
    public record Count(@NonNull String value, long count) {}

    @NonNull
    public List<@NonNull Count> getLabels() {
        return of(Term.Kind.LABEL);
    }

    @NonNull
    public List<@NonNull Count> getCameras() {
        return of(Term.Kind.CAMERA);
    }

    @NonNull
    public List<@NonNull Count> getMediaTypes() {
        return of(Term.Kind.MEDIA_TYPE);
    }

    @NonNull
    public List<@NonNull Count> getKinds() {
        return of(Term.Kind.MEDIA_KIND);
    }

    @NonNull
    public List<@NonNull Count> getYears() {
        return of(Term.Kind.YEAR);
    }

    @Description("False: there are so many matches that only the newest 2,000 were counted.")
    public boolean getComplete() {
        return facets.complete();
    }

    private List<Count> of(Term.Kind kind) {
        return facets.of(kind).stream()
                .map(count -> new Count(count.value(), count.items()))
                .toList();
    }
}
