package dev.memoir.api;

import dev.memoir.catalog.Facets;
import dev.memoir.catalog.Term;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
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

    @NonNull
    @Description("favourite and archived.")
    public List<@NonNull Count> getMarks() {
        return of(Term.Kind.MARK);
    }

    @Description("False: there are so many matches that only the newest 2,000 were counted.")
    public boolean getComplete() {
        return facets.complete();
    }

    /** How many items show whom, the most frequent first. */
    Map<UUID, Long> people() {
        Map<UUID, Long> people = new LinkedHashMap<>();
        facets.of(Term.Kind.PERSON).forEach(count -> people.put(UUID.fromString(count.value()), count.items()));
        return people;
    }

    private List<Count> of(Term.Kind kind) {
        return facets.of(kind).stream()
                .map(count -> new Count(count.value(), count.items()))
                .toList();
    }
}
