package dev.memoir.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.memoir.catalog.PeopleLibrary.Face;
import dev.memoir.catalog.PeopleLibrary.PeopleFilter;
import dev.memoir.catalog.PeopleLibrary.Person;
import dev.memoir.media.Claims;
import dev.memoir.media.Sha256;
import dev.memoir.people.Crowd;
import dev.memoir.people.Decided;
import dev.memoir.people.Decision;
import dev.memoir.people.FaceQuality;
import dev.memoir.people.FaceRef;
import dev.memoir.people.Grouping;
import dev.memoir.people.Region;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** People over a real database: found, named, put together and taken apart, searched by, and erased. */
class PeopleTest {
    static final ModelVersion MODELS = new ModelVersion("faces", "dlib", "1");

    private static final Claims ANN = LibrarySample.ANN;
    private static final Claims BEN = LibrarySample.BEN;
    private static final PeopleFilter ALL = new PeopleFilter(Optional.empty(), false, 1);
    private static final FaceQuality GOOD = new FaceQuality(200, 100, 0);

    private CatalogDatabase database;
    private IngestCatalog ingest;
    private FaceCatalog faces;
    private PeopleLibrary people;
    private Library library;
    private int moment;

    /** @param who faces of the same number lie near each other, those of others far */
    static FoundFace face(double left, int who) {
        return face(left, who, GOOD);
    }

    private static FoundFace face(double left, int who, FaceQuality quality) {
        Random person = new Random(who * 31L);
        Random face = new Random((long) (left * 1e6) + who);
        float[] embedding = new float[128];
        for (int i = 0; i < 128; i++) {
            embedding[i] = (float) (person.nextGaussian() * 0.056 + face.nextGaussian() * 0.015);
        }
        return new FoundFace(
                new Region(left, 0.3, 0.15, 0.2),
                List.of(left, 0.3, left, 0.3, left, 0.3, left, 0.3, left, 0.3),
                1,
                embedding,
                quality);
    }

    @BeforeEach
    void open() {
        database = CatalogDatabase.create();
        ingest = IngestCatalog.over(database.ingest());
        faces = FaceCatalog.over(database.ingest());
        people = PeopleLibrary.over(database.api(), "");
        library = Library.over(database.api());
        faces.want(true);
    }

    /** A photo of these people, taken in as the functions do it. */
    private Sha256 photo(String owner, String name, int... who) {
        Sha256 asset = Samples.content(name);
        ingest.record(Samples.arrival(owner, "users/" + owner + "/" + name, name, Samples.holiday()));
        Crowd crowd = faces.crowd();
        List<FoundFace> found = new ArrayList<>();
        for (int i = 0; i < who.length; i++) {
            found.add(face(0.05 + 0.25 * i + name.hashCode() % 10 / 1000.0, who[i]));
        }
        assertTrue(
                faces.record(asset, MODELS, found, (id, e) -> crowd.personOf(e).orElse(id)));
        return asset;
    }

    private void decide(Claims who, Decision.What what) {
        people.decide(who, decision(what));
    }

    private Decision decision(Decision.What what) {
        return Decision.of(
                Instant.parse("2026-01-01T00:00:00Z").plusSeconds(moment++), new UUID(moment, 0), "ann", what);
    }

    private List<Person> listed(Claims who) {
        return people.page(who, ALL, 100, Optional.empty()).people();
    }

    private List<FaceRef> refs(Claims who, UUID person) {
        return people.facesOf(who, person, 1000).stream().map(Face::ref).toList();
    }

    private Face faceIn(Sha256 asset, int at) {
        return people.faces(ANN, Set.of(asset)).get(asset).get(at);
    }

    private long found(String text) {
        return library.page(ANN, FilterMaker.make().text(text).filter(), 100, Optional.empty())
                .items()
                .size();
    }

    private long foundWith(UUID... persons) {
        return library.page(ANN, Filter.with(Set.of(persons)), 100, Optional.empty())
                .items()
                .size();
    }

    /** What the custodian's job does, without the bucket. */
    private void regroup() {
        FaceCatalog.Everything all = faces.everything();
        Decided decided = Decided.of(faces.decisions());
        UUID[] persons = Grouping.of(all.faces(), all.refs(), decided);
        Map<Sha256, Map<UUID, Optional<UUID>>> changed = new HashMap<>();
        for (int i = 0; i < persons.length; i++) {
            changed.computeIfAbsent(all.refs().get(i).asset(), a -> new TreeMap<>())
                    .put(all.faces().ids()[i], Optional.ofNullable(persons[i]));
        }
        faces.assign(changed);
        faces.describe(decided, List.of());
    }

    @Test
    void facesThatComeBecomePeopleWithACoverAndACount() {
        photo("ann", "a", 1, 2);
        photo("ann", "b", 1);
        Sha256 last = photo("ann", "c", 1, 3);

        List<Person> listed = listed(ANN);

        assertEquals(List.of(3L, 1L, 1L), listed.stream().map(Person::photos).toList());
        assertTrue(listed.getFirst().cover().isPresent());
        assertEquals(3, foundWith(listed.getFirst().id()));
        assertEquals(
                listed.getFirst().id(),
                faceIn(last, 0).person().orElseThrow(),
                "faces come from the left to the right");
        assertEquals(
                1, foundWith(listed.getFirst().id(), faceIn(last, 1).person().orElseThrow()));
    }

    @Test
    void aRepeatChangesNothingAndAPersonStays() {
        Sha256 asset = photo("ann", "a", 1);
        UUID before = faceIn(asset, 0).id();
        UUID person = listed(ANN).getFirst().id();
        decide(ANN, new Decision.Name(person, "Ada", refs(ANN, person)));

        photo("ann", "a", 1);

        assertEquals(before, faceIn(asset, 0).id());
        assertEquals(Optional.of("Ada"), listed(ANN).getFirst().name());
        assertEquals(1, database.count("face"));
    }

    @Test
    void aPersonIsNamedAndFoundByTheName() {
        photo("ann", "a", 1, 2);
        photo("ann", "b", 1);
        UUID person = listed(ANN).getFirst().id();

        decide(ANN, new Decision.Name(person, "Grandma Ada", refs(ANN, person)));

        assertEquals(2, found("ada"));
        assertEquals(2, found("Grandma holiday"));
        decide(ANN, new Decision.Name(person, "Augusta", refs(ANN, person)));
        assertEquals(0, found("ada"));
        assertEquals(2, found("augusta"));
        assertEquals(
                1,
                people.page(ANN, new PeopleFilter(Optional.of("augusta"), false, 2), 10, Optional.empty())
                        .people()
                        .size());
        regroup();
        assertEquals(2, found("augusta"));
        assertEquals(
                2,
                library.facets(ANN, Filter.NONE).of(Term.Kind.PERSON).getFirst().items());
    }

    @Test
    void anUndoneNameIsGoneAtOnceFromThePersonAndTheSearch() {
        photo("ann", "a", 1);
        UUID person = listed(ANN).getFirst().id();
        Decision named = decision(new Decision.Name(person, "Ada", refs(ANN, person)));
        people.decide(ANN, named);

        decide(ANN, new Decision.Undo(named.id()));

        assertEquals(Optional.empty(), listed(ANN).getFirst().name());
        assertEquals(0, found("ada"));
        assertEquals(1, foundWith(person));
    }

    @Test
    void aNameStaysOnWhoHasItThoughEverythingIsGroupedAnew() {
        photo("ann", "a", 1);
        UUID person = listed(ANN).getFirst().id();
        decide(ANN, new Decision.Name(person, "Ada", refs(ANN, person)));
        for (int i = 0; i < 12; i++) {
            photo("ann", "more" + i, 1, 2);
        }

        regroup();

        Person ada = listed(ANN).getFirst();
        assertEquals(person, ada.id());
        assertEquals(Optional.of("Ada"), ada.name());
        assertEquals(13, ada.photos());
    }

    @Test
    void twoAreMergedAndApartAgainAfterUndoAndSoTheyStay() {
        photo("ann", "a", 1);
        photo("ann", "b", 1);
        photo("ann", "c", 2);
        UUID one = listed(ANN).getFirst().id();
        UUID other = listed(ANN).getLast().id();
        Decision merge = decision(new Decision.Merge(other, one, refs(ANN, other), refs(ANN, one)));

        people.decide(ANN, merge);
        assertEquals(List.of(one), listed(ANN).stream().map(Person::id).toList());
        assertEquals(3, foundWith(one));
        assertEquals(one, people.people(ANN, List.of(other)).get(other).id(), "the former id means the one who stays");
        regroup();
        assertEquals(3, foundWith(one));

        decide(ANN, new Decision.Undo(merge.id()));
        assertEquals(2, foundWith(one));
        assertEquals(1, foundWith(other));
        regroup();
        Map<UUID, Person> again = people.people(ANN, List.of(one, other));
        assertEquals(2, again.get(one).photos(), "an id that was given once stays good");
        assertEquals(1, again.get(other).photos());
    }

    @Test
    void aFaceThatIsNotThePersonsLeavesAndNoGroupingBringsItBack() {
        Sha256 asset = photo("ann", "a", 1);
        photo("ann", "b", 1);
        photo("ann", "c", 1);
        UUID person = listed(ANN).getFirst().id();
        decide(ANN, new Decision.Name(person, "Ada", refs(ANN, person)));
        Decision reject = decision(new Decision.Reject(List.of(faceIn(asset, 0).ref()), person, List.of()));

        people.decide(ANN, reject);
        assertEquals(2, foundWith(person));
        assertNotEquals(person, faceIn(asset, 0).person().orElseThrow());
        regroup();
        assertEquals(2, foundWith(person));

        decide(ANN, new Decision.Undo(reject.id()));
        assertEquals(3, foundWith(person));
        regroup();
        assertEquals(3, foundWith(person));
    }

    @Test
    void facesMoveToANewPersonAndStayThere() {
        Sha256 asset = photo("ann", "a", 1);
        Sha256 other = photo("ann", "b", 1);
        UUID person = listed(ANN).getFirst().id();
        UUID twin = new UUID(5, 5);
        Decision move = decision(new Decision.Move(
                List.of(faceIn(asset, 0).ref()),
                twin,
                person,
                List.of(faceIn(other, 0).ref())));

        people.decide(ANN, move);
        assertEquals(1, foundWith(twin));
        decide(ANN, new Decision.Name(twin, "Twin", refs(ANN, twin)));
        regroup();
        assertEquals(1, found("twin"));
        assertEquals(1, foundWith(twin));
        assertEquals(1, foundWith(person));
    }

    @Test
    void aHiddenPersonLeavesTheListAndAChosenCoverShows() {
        Sha256 asset = photo("ann", "a", 1);
        photo("ann", "b", 1);
        UUID person = listed(ANN).getFirst().id();
        decide(ANN, new Decision.Cover(person, faceIn(asset, 0).ref()));
        assertEquals(
                faceIn(asset, 0).id(),
                listed(ANN).getFirst().cover().orElseThrow().id());

        decide(ANN, new Decision.Hide(person, true, refs(ANN, person)));

        assertEquals(List.of(), listed(ANN));
        assertEquals(
                1,
                people.page(ANN, new PeopleFilter(Optional.empty(), true, 1), 10, Optional.empty())
                        .people()
                        .size());
    }

    @Test
    void peopleComePageByPage() {
        for (int who = 1; who <= 7; who++) {
            photo("ann", "p" + who, who);
        }
        PeopleLibrary.Page first = people.page(ANN, ALL, 4, Optional.empty());
        PeopleLibrary.Page second = people.page(
                ANN,
                ALL,
                4,
                Optional.of(PersonCursor.parse(
                        PersonCursor.of(first.people().getLast()).text())));
        assertTrue(first.more());
        assertFalse(second.more());
        Set<UUID> all = new HashSet<>();
        first.people().forEach(p -> all.add(p.id()));
        second.people().forEach(p -> all.add(p.id()));
        assertEquals(7, all.size());
    }

    @Test
    void eachSeesThePeopleInTheirOwnPhotosAndOneSetOfNames() {
        photo("ann", "a", 1, 2);
        photo("ann", "b", 1);
        photo("ben", "c", 1);
        UUID person = listed(ANN).getFirst().id();
        assertEquals(List.of(person), listed(BEN).stream().map(Person::id).toList());

        decide(ANN, new Decision.Name(person, "Ada", refs(ANN, person)));

        assertEquals(Optional.of("Ada"), listed(BEN).getFirst().name());
        assertEquals(1, listed(BEN).getFirst().photos());
        UUID other = listed(ANN).getLast().id();
        assertTrue(people.people(BEN, List.of(other)).isEmpty());
        assertEquals(List.of(), people.facesOf(BEN, other, 10));
    }

    @Test
    void aFaceThatIsNotGoodEnoughStaysWithItsPhotoAndIsNobodys() {
        Sha256 asset = photo("ann", "a", 1);
        faces.record(
                asset,
                MODELS,
                List.of(face(0.5, 1, new FaceQuality(12, 100, 0)), face(0.7, 1, new FaceQuality(200, 2, 0))),
                (id, e) -> new UUID(1, 1));
        assertEquals(
                List.of(Optional.empty(), Optional.empty()),
                List.of(faceIn(asset, 0).person(), faceIn(asset, 1).person()));
        assertEquals(List.of(), listed(ANN));
    }

    @Test
    void nothingIsWrittenUnlessFacesAreWanted() {
        faces.want(false);
        ingest.record(Samples.arrival("ann", "users/ann/a", "a", Samples.holiday()));
        assertFalse(faces.record(Samples.content("a"), MODELS, List.of(face(0.1, 1)), (id, e) -> id));
        assertEquals(0, database.count("face"));
        assertEquals(0, database.count("analysis WHERE task = 'faces'"));
    }

    @Test
    void erasingLeavesDecisionsAndNothingElse() {
        photo("ann", "a", 1, 2);
        photo("ben", "b", 1);
        UUID person = listed(ANN).getFirst().id();
        decide(ANN, new Decision.Name(person, "Ada", refs(ANN, person)));
        assertEquals(1, found("ada"));

        FaceCatalog.Erased erased = faces.erase();

        assertEquals(new FaceCatalog.Erased(3, 2), erased);
        assertEquals(List.of(), listed(ANN));
        assertEquals(0, found("ada"));
        assertEquals(1, found("holiday"));
        for (String rows : List.of(
                "face",
                "person",
                "suggestion",
                "analysis WHERE task = 'faces'",
                "term_block WHERE left(term, 2) IN ('p:', 'q:')",
                "term_count WHERE kind IN ('p', 'q')",
                "item WHERE EXISTS (SELECT 1 FROM unnest(terms) AS t(term) WHERE left(t.term, 2) IN ('p:', 'q:'))")) {
            assertEquals(0, database.count(rows), rows);
        }
        assertEquals(1, database.count("decision"));
        assertFalse(faces.wanted());
        assertEquals(0, database.count(IngestCatalogTest.bitsThatDiffer()));
    }

    @Test
    void onceOnAgainTheNameIsBackOnTheSamePerson() {
        photo("ann", "a", 1);
        photo("ann", "b", 1);
        UUID person = listed(ANN).getFirst().id();
        decide(ANN, new Decision.Name(person, "Ada", refs(ANN, person)));
        faces.erase();

        faces.want(true);
        photo("ann", "a", 1);
        photo("ann", "b", 1);
        regroup();

        assertEquals(Optional.of("Ada"), listed(ANN).getFirst().name());
        assertEquals(person, listed(ANN).getFirst().id());
        assertEquals(0, database.count(IngestCatalogTest.bitsThatDiffer()));
    }
}
