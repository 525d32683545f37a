package dev.memoir.api;

import dev.memoir.catalog.PeopleLibrary;
import dev.memoir.catalog.PeopleLibrary.PeopleFilter;
import dev.memoir.catalog.PeopleLibrary.Person;
import dev.memoir.catalog.PersonCursor;
import dev.memoir.people.Decided;
import dev.memoir.people.Decision;
import dev.memoir.people.FaceRef;
import dev.memoir.people.Suggestion;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.eclipse.microprofile.graphql.DefaultValue;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.GraphQLApi;
import org.eclipse.microprofile.graphql.Id;
import org.eclipse.microprofile.graphql.NonNull;
import org.eclipse.microprofile.graphql.Query;
import org.eclipse.microprofile.graphql.Type;

/** Looking for people. */
@GraphQLApi
@Answers
public class PeopleQueries {
    private static final int MOST_PEOPLE = 200;
    private static final int MOST_TEXT = 200;

    private final PeopleLibrary people;
    private final Bearer bearer;

    public PeopleQueries(PeopleLibrary people, Bearer bearer) {
        this.people = people;
        this.bearer = bearer;
    }

    @Query
    @NonNull
    @Description("People in the caller's photos: the named first, then those in the most photos. At most 200 at once.")
    public PersonConnection people(
            @DefaultValue("50") int first,
            String after,
            @Description("All its words are in the name.") String text,
            @DefaultValue("false") @Description("True: only the hidden.") boolean hidden,
            @DefaultValue("2") @Description("Somebody without a name must be in so many photos.") int atLeast) {
        AssetQueries.within(first, MOST_PEOPLE);
        if (text != null && text.length() > MOST_TEXT) {
            throw new Problem.BadInput("text: longer than " + MOST_TEXT + " characters");
        }
        var filter = new PeopleFilter(Optional.ofNullable(text).filter(t -> !t.isBlank()), hidden, atLeast);
        return new PersonConnection(
                people.page(bearer.caller(), filter, first, AssetQueries.cursor(after, PersonCursor::parse)));
    }

    @Query
    @Description("One person; null when the caller sees none of their faces.")
    public Optional<PersonView> person(@Id @NonNull String id) {
        UUID asked = AssetQueries.uuid(id, "a person's");
        return people.person(bearer.caller(), asked).map(PersonView::new);
    }

    @Type("PersonSuggestion")
    @Description("Two people who may be one.")
    public record PersonSuggestion(
            @NonNull PersonView person,

            @NonNull PersonView other,

            @Description("The part of their faces, taken two by two, that are alike: 0 to 1.")
            double certainty) {}

    @Query
    @NonNull
    @Description("\"Is this the same person?\", the surest first; made by each night's grouping. At most 200 at once.")
    public List<@NonNull PersonSuggestion> personSuggestions(@DefaultValue("20") int first) {
        AssetQueries.within(first, MOST_PEOPLE);
        List<Suggestion> suggestions = people.suggestions(bearer.caller(), first);
        Set<UUID> ids = new HashSet<>();
        suggestions.forEach(s -> ids.addAll(List.of(s.person(), s.other())));
        Map<UUID, Person> known = people.people(bearer.caller(), ids);
        return suggestions.stream()
                .filter(s -> known.containsKey(s.person()) && known.containsKey(s.other()))
                .filter(s ->
                        !known.get(s.person()).id().equals(known.get(s.other()).id()))
                .map(s -> new PersonSuggestion(
                        new PersonView(known.get(s.person())), new PersonView(known.get(s.other())), s.certainty()))
                .toList();
    }

    @Query
    @NonNull
    @Description("What was decided on a person of the caller's, the newest first. At most 200.")
    public List<@NonNull DecisionView> personHistory(@Id @NonNull String id) {
        UUID asked = AssetQueries.uuid(id, "a person's");
        Person person = people.person(bearer.caller(), asked).orElseThrow(() -> nobody(id));
        List<Decision> all = people.decisions(bearer.caller());
        Decided decided = Decided.of(all);
        Set<String> undone = Decided.undone(all);
        return all.reversed().stream()
                .filter(decision -> DecisionView.about(decision, all)
                        .anyMatch(about ->
                                about.equals(asked) || decided.resolve(about).equals(person.id())))
                .limit(MOST_PEOPLE)
                .map(decision -> new DecisionView(decision, undone.contains(decision.id())))
                .toList();
    }

    @Query
    @NonNull
    @Description(
            "Decisions that somebody in a photo the caller may change is not to be recognised, the newest first; with the"
                    + " name that was given.")
    public List<@NonNull DecisionView> unrecognised() {
        List<Decision> all = people.decisions(bearer.caller());
        Decided decided = Decided.of(all);
        Set<String> standing = Set.copyOf(decided.forgotten().values());
        return all.reversed().stream()
                .filter(decision -> standing.contains(decision.id()))
                .filter(decision -> DecisionView.forgetting(decision, all)
                        .filter(forget -> !people.changeable(
                                        bearer.caller(),
                                        forget.faces().stream()
                                                .map(FaceRef::asset)
                                                .collect(Collectors.toSet()))
                                .isEmpty())
                        .isPresent())
                .map(decision -> new DecisionView(
                        decision,
                        false,
                        DecisionView.about(decision, all)
                                .findFirst()
                                .map(decided.persons()::get)
                                .flatMap(Decided.Person::name)))
                .toList();
    }

    static Problem nobody(String id) {
        return new Problem.NotFound("There is no person " + id + " in your photos.");
    }
}
