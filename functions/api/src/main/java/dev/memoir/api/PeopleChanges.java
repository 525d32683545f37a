package dev.memoir.api;

import dev.memoir.catalog.PeopleLibrary;
import dev.memoir.catalog.PeopleLibrary.Face;
import dev.memoir.media.Claims;
import dev.memoir.media.Sha256;
import dev.memoir.people.Decided;
import dev.memoir.people.Decision;
import dev.memoir.people.FaceRef;
import dev.memoir.store.Keys;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.eclipse.microprofile.graphql.DefaultValue;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.GraphQLApi;
import org.eclipse.microprofile.graphql.Id;
import org.eclipse.microprofile.graphql.Mutation;
import org.eclipse.microprofile.graphql.NonNull;
import org.eclipse.microprofile.graphql.Type;

/**
 * What a person decides on people. Who may change a photo says who is in it, and so who somebody in it is. Each decision is
 * kept for good before the call returns, and can be undone.
 */
@GraphQLApi
@Answers
public class PeopleChanges {
    private static final int MOST_FACES_AT_ONCE = 500;
    private static final int LONGEST_NAME = 200;

    /** Faces that a decision names: of one person nobody has more. */
    private static final int MOST_FACES = 100_000;

    private final PeopleLibrary people;
    private final DecisionJournal journal;
    private final Bearer bearer;

    public PeopleChanges(PeopleLibrary people, DecisionJournal journal, Bearer bearer) {
        this.people = people;
        this.journal = journal;
        this.bearer = bearer;
    }

    @Type("PersonChange")
    @Description("What became of it.")
    public record PersonChange(
            @NonNull @Description("To undo it by.") String decision,

            @Description("Who it was about, as it is now; null when the caller sees none of their faces any more.")
            Optional<PersonView> person) {}

    @Mutation
    @NonNull
    @Description("Gives a person a name, or with an empty one takes it away. The whole family sees it.")
    public PersonChange namePerson(@Id @NonNull String id, @NonNull String name) {
        String clean = name.strip();
        if (clean.length() > LONGEST_NAME || clean.chars().anyMatch(Character::isISOControl)) {
            throw new Problem.BadInput("name: at most " + LONGEST_NAME + " characters, and all of them visible");
        }
        Somebody person = changeable(id);
        return decide(new Decision.Name(person.id(), clean, person.faces()), person.id());
    }

    @Mutation
    @NonNull
    @Description("Says that two are one: the first becomes the second, whose name stays unless there is none.")
    public PersonChange mergePeople(@Id @NonNull String id, @Id @NonNull String into) {
        Somebody person = changeable(id);
        Somebody stays = changeable(into);
        if (person.id().equals(stays.id())) {
            throw new Problem.BadInput("mergePeople: they are one and the same already");
        }
        return decide(new Decision.Merge(person.id(), stays.id(), person.faces(), stays.faces()), stays.id());
    }

    @Mutation
    @NonNull
    @Description("Says that two who look alike are not one.")
    public PersonChange keepApart(@Id @NonNull String id, @Id @NonNull String other) {
        Somebody person = changeable(id);
        Somebody another = changeable(other);
        if (person.id().equals(another.id())) {
            throw new Problem.BadInput("keepApart: they are one; move some faces to somebody else instead");
        }
        return decide(new Decision.Apart(person.id(), another.id(), person.faces(), another.faces()), person.id());
    }

    @Mutation
    @NonNull
    @Description("Says whose faces these are: a person's, or without one somebody new's. At most 500 at once.")
    public PersonChange moveFaces(@NonNull List<@NonNull String> faces, @Id String to) {
        List<Face> moved = faces(faces);
        UUID target = to == null ? UUID.randomUUID() : changeable(to).id();
        Set<UUID> former = moved.stream()
                .flatMap(face -> face.person().stream())
                .filter(person -> !person.equals(target))
                .collect(Collectors.toSet());
        if (former.size() > 1) {
            throw new Problem.BadInput("moveFaces: these are of several people; move those of one at a time");
        }
        Optional<UUID> from = former.stream().findFirst();
        List<FaceRef> staying = from.map(person -> staying(person, moved)).orElse(List.of());
        return decide(new Decision.Move(refs(moved), target, from.orElse(null), staying), target);
    }

    @Mutation
    @NonNull
    @Description("Says that these faces are not the person's. At most 500 at once.")
    public PersonChange notThisPerson(@NonNull List<@NonNull String> faces, @Id @NonNull String person) {
        UUID who = changeable(person).id();
        List<Face> rejected = faces(faces);
        if (rejected.stream().noneMatch(face -> face.person().equals(Optional.of(who)))) {
            throw new Problem.BadInput("notThisPerson: none of these faces is taken for that person's");
        }
        return decide(new Decision.Reject(refs(rejected), who, staying(who, rejected)), who);
    }

    @Mutation
    @NonNull
    @Description("Leaves a person out of lists, or no longer. Photos stay where they are.")
    public PersonChange hidePerson(@Id @NonNull String id, @DefaultValue("true") boolean hidden) {
        Somebody person = changeable(id);
        return decide(new Decision.Hide(person.id(), hidden, person.faces()), person.id());
    }

    @Mutation
    @NonNull
    @Description("Chooses the face by which a person is shown.")
    public PersonChange chooseCover(@Id @NonNull String id, @Id @NonNull String face) {
        UUID person = changeable(id).id();
        Face cover = faces(List.of(face)).getFirst();
        if (!cover.person().equals(Optional.of(person))) {
            throw new Problem.BadInput("chooseCover: that face is not the person's; move it first");
        }
        return decide(new Decision.Cover(person, cover.ref()), person);
    }

    @Mutation
    @NonNull
    @Description(
            "Has a person not be recognised any more: what tells their faces apart and the pictures of these are erased,"
                    + " and no face is looked for at their places. At once in photos that the caller may change, with the next"
                    + " grouping in all. Their name stays as text.")
    public PersonChange forgetPerson(@Id @NonNull String id) {
        Somebody person = changeable(id);
        Set<Sha256> mine = changeable(person.faces());
        List<String> pictures = people.facesOf(bearer.caller(), person.id(), MOST_FACES).stream()
                .filter(face -> mine.contains(face.asset()))
                .map(face -> Keys.face(face.asset(), face.id()))
                .toList();
        PersonChange change = decide(new Decision.Forget(person.id(), person.faces(), null), person.id());
        journal.erasePictures(pictures);
        return change;
    }

    @Mutation
    @NonNull
    @Description("Takes a decision back. An undoing can be undone, too.")
    public PersonChange undoDecision(@Id @NonNull String decision) {
        List<Decision> all = people.decisions(bearer.caller());
        Decision target = all.stream()
                .filter(earlier -> earlier.id().equals(decision))
                .findFirst()
                .orElseThrow(() -> new Problem.NotFound("There is no decision " + decision + "."));
        List<UUID> about = DecisionView.about(target, all).distinct().toList();
        Optional<Decision.Forget> forgetting = DecisionView.forgetting(target, all);
        if (forgetting.isPresent()) {
            // Nobody sees who is forgotten: who may change a photo of theirs says so.
            if (changeable(forgetting.get().faces()).isEmpty()) {
                throw new Problem.NotFound("There is no decision " + decision + " on people in your photos.");
            }
        } else if (about.isEmpty() || people.people(bearer.caller(), about).isEmpty()) {
            throw new Problem.NotFound("There is no decision " + decision + " on people in your photos.");
        }
        if (forgetting.isEmpty()
                && about.stream().allMatch(person -> changeable(refs(person)).isEmpty())) {
            throw notAllowed();
        }
        if (Decided.undone(all).contains(decision)) {
            throw new Problem.BadInput("undoDecision: that was undone already");
        }
        return decide(new Decision.Undo(decision), about.getFirst());
    }

    private PersonChange decide(Decision.What what, UUID about) {
        Claims who = bearer.caller();
        Decision decision = journal.keep(who.subject(), what);
        people.decide(who, decision);
        return new PersonChange(decision.id(), people.person(who, about).map(PersonView::new));
    }

    /** Somebody in a photo that the caller may change, by the present id. */
    private record Somebody(UUID id, List<FaceRef> faces) {}

    private Somebody changeable(String id) {
        UUID asked = AssetQueries.uuid(id, "a person's");
        UUID person = people.person(bearer.caller(), asked)
                .orElseThrow(() -> PeopleQueries.nobody(id))
                .id();
        List<FaceRef> faces = refs(person);
        if (changeable(faces).isEmpty()) {
            throw notAllowed();
        }
        return new Somebody(person, faces);
    }

    /** Those of the photos that the caller may change. */
    private Set<Sha256> changeable(List<FaceRef> faces) {
        return people.changeable(bearer.caller(), assets(faces));
    }

    private static Set<Sha256> assets(List<FaceRef> faces) {
        return faces.stream().map(FaceRef::asset).collect(Collectors.toSet());
    }

    private static Problem notAllowed() {
        return new Problem.NotAllowed(
                "You may look at these photos and not change them: who is in them is for those to say"
                        + " who may. In the family's own photos these are its adults.");
    }

    private List<Face> faces(List<String> ids) {
        if (ids.isEmpty() || ids.size() > MOST_FACES_AT_ONCE) {
            throw new Problem.BadInput("faces: 1 to " + MOST_FACES_AT_ONCE + " at once, not " + ids.size());
        }
        Set<UUID> asked =
                ids.stream().map(id -> AssetQueries.uuid(id, "a face's")).collect(Collectors.toSet());
        List<Face> faces = people.faces(bearer.caller(), asked);
        if (faces.size() < asked.size()) {
            throw new Problem.NotFound("Some of these faces are not in your photos.");
        }
        List<FaceRef> refs = refs(faces);
        if (!changeable(refs).containsAll(assets(refs))) {
            throw notAllowed();
        }
        return faces;
    }

    private List<FaceRef> refs(UUID person) {
        return refs(people.facesOf(bearer.caller(), person, MOST_FACES));
    }

    private static List<FaceRef> refs(List<Face> faces) {
        return faces.stream().map(Face::ref).toList();
    }

    /** What remains of somebody nobody spoke on yet must be said to be theirs, or it might follow what leaves. */
    private List<FaceRef> staying(UUID person, List<Face> leaving) {
        boolean known = Decided.of(people.decisions(bearer.caller())).persons().containsKey(person);
        Set<UUID> left = leaving.stream().map(Face::id).collect(Collectors.toSet());
        return known
                ? List.of()
                : refs(people.facesOf(bearer.caller(), person, MOST_FACES).stream()
                        .filter(face -> !left.contains(face.id()))
                        .toList());
    }
}
