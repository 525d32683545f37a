package dev.memoir.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.memoir.catalog.ModelVersion;
import dev.memoir.media.Claims;
import dev.memoir.media.Scope;
import dev.memoir.media.Sha256;
import dev.memoir.media.access.Action;
import dev.memoir.media.access.AlbumAction;
import dev.memoir.media.access.AlbumRole;
import dev.memoir.media.access.Case;
import dev.memoir.media.access.DecisionTable;
import dev.memoir.media.access.Rule;
import dev.memoir.people.Decided;
import dev.memoir.people.Suggestion;
import graphql.schema.GraphQLEnumType;
import graphql.schema.GraphQLFieldDefinition;
import graphql.schema.GraphQLInputObjectType;
import graphql.schema.GraphQLList;
import graphql.schema.GraphQLScalarType;
import graphql.schema.GraphQLSchema;
import graphql.schema.GraphQLType;
import graphql.schema.GraphQLTypeUtil;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.BiPredicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Every operation of the schema against every line of the decision table, over HTTP: an operation does for somebody what the
 * table allows, and nothing else. An operation that is not listed here fails the build.
 */
@QuarkusTest
@QuarkusTestResource(ApiParts.class)
class OperationsTest {
    /** Whether somebody gets at the thing by an operation. */
    private interface Reach {
        boolean of(Client who, Target target);
    }

    /** @param album that the asker has and in which it is; null for none */
    private record Target(String id, Sha256 asset, String owner, String name, boolean trashed, String album) {}

    /** Two faces in a photo, and whose they are. */
    private record Portrait(Sha256 asset, String owner, String face, String person, String other) {}

    /** Whether somebody gets at people in a photo by an operation. */
    private record OnPeople(Action action, BiPredicate<Client, Portrait> reach) {}

    private record Operation(Action action, Reach reach) {}

    private static final String EDIT = "mutation($i: [String!]!) { editAssets(ids: $i, edit: {turn: 1}) { outcome } }";

    /** What touches a photo, with what it does to it. */
    private static final Map<String, Operation> ON_PHOTOS = Map.of(
            "assets",
            new Operation(
                    Action.SEE,
                    (who, target) -> who.data(
                                            "query($t: String!, $x: Boolean!, $a: ID) { assets(filter: {text: $t, trashed: $x, album: $a})"
                                                    + " { edges { node { id labels { name } detections { name } objects { key } } } } }",
                                            "t",
                                            target.name(),
                                            "x",
                                            target.trashed(),
                                            "a",
                                            target.album())
                                    .at("/assets/edges")
                                    .size()
                            == 1),
            "asset",
            new Operation(Action.SEE, (who, target) -> {
                boolean byId = !who.data("query($i: ID) { asset(id: $i) { original rawTags } }", "i", target.id())
                        .path("asset")
                        .isNull();
                boolean byContent = !who.data(
                                "query($s: String) { asset(sha256: $s) { preview } }",
                                "s",
                                target.asset().hex())
                        .path("asset")
                        .isNull();
                assertEquals(byId, byContent);
                return byId;
            }),
            "search",
            new Operation(Action.SEE, (who, target) -> {
                Client.ingest().searchable("words", Optional.of(new ModelVersion("words", "m", "1")));
                StandInAi.says(200, List.of(StandInAi.place(target.asset(), 0)));
                return who.data(
                                        "query($x: Boolean!, $a: ID) { search(words: \"red\", filter: {trashed: $x, album: $a})"
                                                + " { edges { node { id } } } }",
                                        "x",
                                        target.trashed(),
                                        "a",
                                        target.album())
                                .at("/search/edges")
                                .size()
                        == 1;
            }),
            "trash",
            new Operation(
                    Action.CHANGE,
                    (who, target) -> target.trashed() ? changes(who, "trash", target, "UNCHANGED") : both(who, target)),
            "restore",
            new Operation(
                    Action.CHANGE,
                    (who, target) ->
                            target.trashed() ? both(who, target) : changes(who, "restore", target, "UNCHANGED")),
            "purge",
            new Operation(Action.CHANGE, (who, target) -> {
                JsonNode told = who.data(
                                "mutation($i: [String!]!) { purge(ids: $i) { outcome reason } }",
                                "i",
                                List.of(target.id()))
                        .at("/purge/0");
                if (!target.trashed()) {
                    return told.path("reason").asText().contains("not in the trash");
                }
                // For what is asked next, its sidecar says again where it is.
                changes(client(new Claims(target.owner(), Set.of(), Map.of())), "trash", target, "DONE");
                return told.path("outcome").asText().equals("DONE");
            }),
            "analyze",
            new Operation(Action.CHANGE, (who, target) -> changes(who, "analyze", target, "DONE")),
            "editAssets",
            new Operation(Action.CHANGE, (who, target) -> edits(who, target, EDIT)),
            "createLink",
            new Operation(
                    Action.CHANGE,
                    (who, target) -> isDone(
                            who,
                            "mutation { createLink(target: {assets: [" + quoted(target.id())
                                    + "]}, link: {}) { token } }")),
            "undoEdits",
            new Operation(Action.CHANGE, (who, target) -> {
                Client owner = client(new Claims(target.owner(), Set.of(), Map.of()));
                String undo = owner.data(
                                "mutation($i: [String!]!) { editAssets(ids: $i, edit: {turn: 1}) { undo } }",
                                "i",
                                List.of(target.id()))
                        .at("/editAssets/0/undo")
                        .asText();
                return edits(who, target, "mutation { undoEdits(undo: [\"" + undo + "\"]) { outcome } }");
            }));

    private static boolean edits(Client who, Target target, String mutation) {
        String outcome = who.data(mutation, "i", List.of(target.id()))
                .findValuesAsText("outcome")
                .getFirst();
        assertTrue(Set.of("DONE", "NOT_FOUND", "NOT_POSSIBLE").contains(outcome), outcome);
        return outcome.equals("DONE");
    }

    /** Tells a few photos of many, so it is looked at by itself. */
    private static final String MEMORIES = "memories";

    /** Tells of what is listed and of nothing in albums alone, so it is looked at by itself. */
    private static final String CHANGES = "changes";

    /** What counts: nothing that is hidden is counted. Trashed photos are in no count. */
    private static final Map<String, Operation> COUNTS = Map.of(
            "timeline",
            new Operation(
                    Action.SEE,
                    (who, target) -> who.data(
                                            "query($t: String!, $a: ID) { timeline(filter: {text: $t, album: $a}) { count } }",
                                            "t",
                                            target.name(),
                                            "a",
                                            target.album())
                                    .at("/timeline/0/count")
                                    .asInt()
                            == 1),
            "map",
            new Operation(
                    Action.SEE,
                    (who, target) -> who.data(
                                            "query($t: String!, $a: ID) { map(filter: {text: $t, album: $a}, zoom: 5,"
                                                    + " box: {south: 40, west: 0, north: 50, east: 10}) { count } }",
                                            "t",
                                            target.name(),
                                            "a",
                                            target.album())
                                    .at("/map/0/count")
                                    .asInt()
                            == 1),
            "facets",
            new Operation(
                    Action.SEE,
                    (who, target) -> who.data(
                                            "query($t: String!, $a: ID) { facets(filter: {text: $t, album: $a}) { kinds { count } } }",
                                            "t",
                                            target.name(),
                                            "a",
                                            target.album())
                                    .at("/facets/kinds/0/count")
                                    .asInt()
                            == 1),
            "instance",
            new Operation(Action.SEE, (who, target) -> {
                int assets = who.data("{ instance { assets } }")
                        .at("/instance/assets")
                        .asInt();
                int listed = who.data("{ assets(first: 500) { edges { node { id } } } }")
                        .at("/assets/edges")
                        .size();
                assertEquals(listed, assets, "as many are counted as are listed");
                return who.data(
                                        "query($t: String!, $a: ID) { assets(filter: {text: $t, album: $a})"
                                                + " { edges { node { id } } } }",
                                        "t",
                                        target.name(),
                                        "a",
                                        target.album())
                                .at("/assets/edges")
                                .size()
                        == 1;
            }));

    /** What touches people in photos that are listed. */
    private static final Map<String, OnPeople> ON_PEOPLE = Map.ofEntries(
            Map.entry(
                    "people",
                    new OnPeople(
                            Action.SEE,
                            (who, portrait) -> who.data("{ people(first: 200, atLeast: 1) { edges { node { id } } } }")
                                    .findValuesAsText("id")
                                    .contains(portrait.person()))),
            Map.entry(
                    "person",
                    new OnPeople(
                            Action.SEE,
                            (who, portrait) -> !who.data(
                                            "query($p: ID!) { person(id: $p) { id } }", "p", portrait.person())
                                    .path("person")
                                    .isNull())),
            Map.entry("personSuggestions", new OnPeople(Action.SEE, (who, portrait) -> {
                Portraits.catalog()
                        .describe(
                                Decided.of(Portraits.catalog().decisions()),
                                List.of(new Suggestion(
                                        UUID.fromString(portrait.person()), UUID.fromString(portrait.other()), 0.5)));
                return who.data("{ personSuggestions { person { id } } }")
                        .findValuesAsText("id")
                        .contains(portrait.person());
            })),
            onPeople("personHistory", Action.SEE, "{ personHistory(id: $p) { id } }"),
            onPeople("namePerson", Action.CHANGE, "mutation { namePerson(id: $p, name: \"Ann\") { decision } }"),
            onPeople("hidePerson", Action.CHANGE, "mutation { hidePerson(id: $p) { decision } }"),
            onPeople("chooseCover", Action.CHANGE, "mutation { chooseCover(id: $p, face: $f) { decision } }"),
            onPeople("forgetPerson", Action.CHANGE, "mutation { forgetPerson(id: $p) { decision } }"),
            Map.entry("unrecognised", new OnPeople(Action.CHANGE, (who, portrait) -> {
                String decision = client(new Claims(portrait.owner(), Set.of(), Map.of()))
                        .data("mutation($p: ID!) { forgetPerson(id: $p) { decision } }", "p", portrait.person())
                        .at("/forgetPerson/decision")
                        .asText();
                return who.data("{ unrecognised { id } }")
                        .findValuesAsText("id")
                        .contains(decision);
            })),
            onPeople("keepApart", Action.CHANGE, "mutation { keepApart(id: $p, other: $q) { decision } }"),
            onPeople(
                    "notThisPerson", Action.CHANGE, "mutation { notThisPerson(faces: [$f], person: $p) { decision } }"),
            onPeople("moveFaces", Action.CHANGE, "mutation { moveFaces(faces: [$f], to: $q) { decision } }"),
            onPeople("mergePeople", Action.CHANGE, "mutation { mergePeople(id: $p, into: $q) { decision } }"),
            Map.entry("undoDecision", new OnPeople(Action.CHANGE, (who, portrait) -> {
                String decision = client(new Claims(portrait.owner(), Set.of(), Map.of()))
                        .data("mutation($p: ID!) { hidePerson(id: $p) { decision } }", "p", portrait.person())
                        .at("/hidePerson/decision")
                        .asText();
                return isDone(who, "mutation { undoDecision(decision: \"" + decision + "\") { decision } }");
            })));

    private static Map.Entry<String, OnPeople> onPeople(String name, Action action, String request) {
        return Map.entry(
                name,
                new OnPeople(
                        action,
                        (who, portrait) -> isDone(
                                who,
                                request.replace("$p", quoted(portrait.person()))
                                        .replace("$q", quoted(portrait.other()))
                                        .replace("$f", quoted(portrait.face())))));
    }

    private static String quoted(String id) {
        return '"' + id + '"';
    }

    /** Else the answer says either that there is nobody, or that the caller may only look. */
    private static boolean isDone(Client who, String request) {
        JsonNode answer = who.answer(request);
        String code = answer.at("/errors/0/extensions/code").asText();
        assertTrue(
                answer.path("errors").isMissingNode()
                        || Set.of("NOT_FOUND", "NOT_ALLOWED").contains(code),
                () -> request + answer);
        return code.isEmpty();
    }

    /** Of one's own links alone; what they show, ShareTest asks. */
    private static final Set<String> OF_OWN_LINKS = Set.of("links", "updateLink", "revokeLink");

    /** Of one's own searches alone; that others' are not there, SavedSearchesTest asks. */
    private static final Set<String> OF_OWN_SEARCHES = Set.of("savedSearches", "saveSearch", "deleteSavedSearch");

    /** Whether somebody gets at an album by an operation. */
    private record OnAlbum(AlbumAction action, String request) {}

    private static final Map<String, OnAlbum> ON_ALBUMS = Map.of(
            "addToAlbum",
            new OnAlbum(AlbumAction.ADD, "mutation { addToAlbum(id: $a, assets: [$m]) { outcome } }"),
            "removeFromAlbum",
            new OnAlbum(AlbumAction.ADD, "mutation { removeFromAlbum(id: $a, assets: [$m]) { outcome } }"),
            "updateAlbum",
            new OnAlbum(AlbumAction.EDIT, "mutation { updateAlbum(id: $a, album: {name: \"Winter\"}) { id } }"),
            "moveInAlbum",
            new OnAlbum(AlbumAction.EDIT, "mutation { moveInAlbum(id: $a, assets: [$t]) { id } }"),
            "shareAlbum",
            new OnAlbum(
                    AlbumAction.SHARE,
                    "mutation { shareAlbum(id: $a, to: {kind: GROUP, name: \"friends\"}, role: VIEW) { id } }"),
            "unshareAlbum",
            new OnAlbum(
                    AlbumAction.SHARE,
                    "mutation { unshareAlbum(id: $a, from: {kind: GROUP, name: \"friends\"}) { id } }"),
            "deleteAlbum",
            new OnAlbum(AlbumAction.DELETE, "mutation { deleteAlbum(id: $a) }"));

    /** Whoever somebody is, they make albums of their own, and see those that they have. */
    private static final Set<String> OF_OWN_ALBUMS = Set.of("createAlbum", "albums", "album");

    @Test
    void everyOperationOnAlbumsDoesForARoleWhatTheTableAllows() throws Exception {
        int number = 5000;
        for (DecisionTable.AlbumRow row : DecisionTable.albums()) {
            for (var operation : ON_ALBUMS.entrySet()) {
                if (operation.getValue().action() != row.action()) {
                    continue;
                }
                String owner = "owner" + number;
                String name = row.role() == AlbumRole.OWN ? owner : "role" + number;
                Client of = Client.as(owner);
                Client who = Client.as(name);
                String theirs = photo(of, owner, "theirs" + number);
                String mine = photo(who, name, "mine" + number++);
                String album = of.data("mutation { createAlbum(album: {name: \"Summer\", order: MANUAL}) { id } }")
                        .at("/createAlbum/id")
                        .asText();
                of.data(
                        "mutation($a: ID!, $i: [String!]!) { addToAlbum(id: $a, assets: $i) { outcome } }",
                        "a",
                        album,
                        "i",
                        List.of(theirs));
                String request = operation
                        .getValue()
                        .request()
                        .replace("$a", quoted(album))
                        .replace("$m", quoted(mine))
                        .replace("$t", quoted(theirs));
                if (row.role() != AlbumRole.OWN) {
                    assertEquals("NOT_FOUND", who.code(request), "whoever has no role does not know that there is one");
                    of.data(
                            "mutation($a: ID!, $n: String!, $r: AlbumRole!) { shareAlbum(id: $a,"
                                    + " to: {kind: SUBJECT, name: $n}, role: $r) { id } }",
                            "a",
                            album,
                            "n",
                            name,
                            "r",
                            row.role());
                }
                boolean has = !who.data("query($a: ID!) { album(id: $a) { id } }", "a", album)
                        .path("album")
                        .isNull();
                assertTrue(has);
                assertEquals(row.allowed(), isDone(who, request), operation.getKey() + ": " + row);
            }
        }
    }

    private static String photo(Client of, String owner, String name) {
        Sha256 asset = Photos.add(owner, name, 2020, 0.1, "seashore");
        return of.data("query($s: String) { asset(sha256: $s) { id } }", "s", asset.hex())
                .at("/asset/id")
                .asText();
    }

    /** What is the same for everybody who is logged in, and tells nothing of anybody. */
    private static final Set<String> OF_NOBODY = Set.of("deviceModel");

    /** What touches no photo, but the folder in the bucket where somebody's uploads go. */
    private static final Set<String> IN_OWN_FOLDER =
            Set.of("createUpload", "signParts", "completeUpload", "abortUpload");

    @Inject
    GraphQLSchema schema;

    @Test
    void noOperationIsWithoutALine() {
        Set<String> known = new TreeSet<>(ON_PHOTOS.keySet());
        known.addAll(COUNTS.keySet());
        known.addAll(ON_PEOPLE.keySet());
        known.addAll(IN_OWN_FOLDER);
        known.addAll(OF_NOBODY);
        known.addAll(OF_OWN_LINKS);
        known.addAll(OF_OWN_SEARCHES);
        known.addAll(ON_ALBUMS.keySet());
        known.addAll(OF_OWN_ALBUMS);
        known.add(MEMORIES);
        known.add(CHANGES);
        Set<String> served = new TreeSet<>();
        Stream.of(schema.getQueryType(), schema.getMutationType())
                .flatMap(type -> type.getFieldDefinitions().stream())
                .map(GraphQLFieldDefinition::getName)
                .forEach(served::add);
        assertEquals(served, known);
    }

    @Test
    void whoMayReadAloneIsRefusedEveryMutationAndNoQuery() {
        Client reader = client(new Claims("reader", Set.of("family"), Map.of("adult", "true"), Scope.READ));
        Client writer = client(new Claims("reader", Set.of("family"), Map.of("adult", "true"), Scope.WRITE));
        for (GraphQLFieldDefinition mutation : schema.getMutationType().getFieldDefinitions()) {
            String request = "mutation { " + written(mutation) + " }";
            assertEquals("INSUFFICIENT_SCOPE", reader.code(request), request);
            assertFalse(writer.answer(request).toString().contains("INSUFFICIENT_SCOPE"), request);
        }
        String told = reader.answer("mutation { trash(ids: []) { id } }")
                .at("/errors/0/message")
                .asText();
        assertTrue(told.contains("scope write"), told);
        assertEquals(
                "reader",
                reader.data("{ instance { subject } }").at("/instance/subject").asText());
    }

    /** With all that it asks for, and nothing that is true. */
    private static String written(GraphQLFieldDefinition field) {
        String arguments = field.getArguments().stream()
                .filter(argument -> GraphQLTypeUtil.isNonNull(argument.getType()))
                .map(argument -> argument.getName() + ": " + value(argument.getType()))
                .collect(Collectors.joining(", "));
        boolean leaf = GraphQLTypeUtil.isLeaf(GraphQLTypeUtil.unwrapAll(field.getType()));
        return field.getName() + (arguments.isEmpty() ? "" : "(" + arguments + ")") + (leaf ? "" : " { __typename }");
    }

    private static String value(GraphQLType type) {
        return switch (GraphQLTypeUtil.unwrapNonNull(type)) {
            case GraphQLList list -> "[]";
            case GraphQLEnumType constants -> constants.getValues().getFirst().getName();
            case GraphQLInputObjectType object ->
                object.getFieldDefinitions().stream()
                        .filter(field -> GraphQLTypeUtil.isNonNull(field.getType()))
                        .map(field -> field.getName() + ": " + value(field.getType()))
                        .collect(Collectors.joining(", ", "{", "}"));
            case GraphQLScalarType scalar
            when Set.of("Int", "Float", "BigInteger").contains(scalar.getName()) -> "1";
            default -> quoted("x");
        };
    }

    @Test
    void everyOperationDoesForSomebodyWhatTheTableAllows() throws Exception {
        Set<String> done = new HashSet<>();
        int number = 0;
        for (DecisionTable.Row row : DecisionTable.rows()) {
            Target target = photo(row, "photo" + number++);
            Client who = client(row.who());
            ON_PHOTOS.forEach((name, operation) -> {
                if (operation.action() == row.action()) {
                    assertEquals(row.decision().allowed(), operation.reach().of(who, target), name + ": " + row);
                    done.add(name);
                }
            });
            COUNTS.forEach((name, operation) -> {
                if (operation.action() == row.action() && !row.thing().trashed()) {
                    assertEquals(row.decision().allowed(), operation.reach().of(who, target), name + ": " + row);
                    done.add(name);
                }
            });
        }
        assertEquals(ON_PHOTOS.size() + COUNTS.size(), done.size());
    }

    @Test
    void everyOperationOnPeopleDoesForSomebodyWhatTheTableAllowsOnThePhoto() throws Exception {
        int number = 1000;
        for (DecisionTable.Row row : DecisionTable.rows()) {
            if (row.thing().trashed()) {
                // Nobody is listed for a photo in the trash.
                continue;
            }
            // People don't come with an album.
            boolean allowed = Rule.decide(Case.of(row.who(), row.action(), row.thing(), false, DecisionTable.HOUSEHOLD))
                    .allowed();
            Client who = client(row.who());
            for (var operation : ON_PEOPLE.entrySet()) {
                if (operation.getValue().action() == row.action()) {
                    Portrait portrait = portrait(row, number++);
                    assertEquals(
                            allowed, operation.getValue().reach().test(who, portrait), operation.getKey() + ": " + row);
                }
            }
        }
    }

    private static Portrait portrait(DecisionTable.Row row, int number) {
        String owner = row.thing().owner();
        Sha256 asset = Portraits.add(
                owner, "portrait" + number, 2020, row.thing().sensitive() ? 0.9 : 0.1, 2 * number, 2 * number + 1);
        JsonNode faces = client(new Claims(owner, Set.of(), Map.of()))
                .data("query($s: String) { asset(sha256: $s) { faces { id person { id } } } }", "s", asset.hex())
                .at("/asset/faces");
        if (row.given()) {
            Client of = client(new Claims(owner, Set.of(), Map.of()));
            String id = of.data("query($s: String) { asset(sha256: $s) { id } }", "s", asset.hex())
                    .at("/asset/id")
                    .asText();
            album(of, List.of(id), row.who().subject());
        }
        return new Portrait(
                asset,
                owner,
                faces.at("/0/id").asText(),
                faces.at("/0/person/id").asText(),
                faces.at("/1/person/id").asText());
    }

    @Test
    void memoriesRemindNobodyOfWhatTheTableHidesNorOfWhatIsSensitive() throws Exception {
        int number = 0;
        for (DecisionTable.Row row : DecisionTable.rows()) {
            if (row.action() != Action.SEE || row.thing().trashed()) {
                continue;
            }
            // Hardly any share a year, of which a memory tells only some photos.
            Target target = photo(row, "memory" + number, 1930 + number++ % 80);
            boolean reminded = client(row.who())
                    .data("{ " + MEMORIES + "(day: \"2026-07-14\") { assets { id } } }")
                    .findValuesAsText("id")
                    .contains(target.id());
            boolean listed = row.decision().allowed() && !row.decision().rule().equals(Optional.of(Rule.ALBUM));
            assertEquals(listed && !row.thing().sensitive(), reminded, row::toString);
        }
    }

    @Test
    void changesAreToldOfWhatTheTableListsForSomebodyAndOfNothingElse() throws Exception {
        int number = 3000;
        for (DecisionTable.Row row : DecisionTable.rows()) {
            if (row.action() != Action.SEE) {
                continue;
            }
            Target target = photo(row, "changed" + number++);
            Client who = client(row.who());
            String token = who.data("{ " + CHANGES + " { token } }")
                    .at("/changes/token")
                    .asText();
            client(new Claims(target.owner(), Set.of(), Map.of())).data(EDIT, "i", List.of(target.id()));
            JsonNode told = who.data(
                            "query($s: String) { changes(since: $s) { status assets { id sha256 } gone more } }",
                            "s",
                            token)
                    .path("changes");
            boolean listed = row.decision().allowed() && !row.decision().rule().equals(Optional.of(Rule.ALBUM));
            assertEquals("CONTINUED", told.path("status").asText());
            assertEquals(
                    listed ? List.of(target.id()) : List.of(),
                    told.path("assets").findValuesAsText("id"),
                    row::toString);
            assertTrue(told.path("gone").isEmpty(), row::toString);
        }
    }

    @Test
    void nobodyWritesIntoTheFolderOfOthersNotEvenAnAdministratorOrTheFamily() throws Exception {
        for (Claims person : DecisionTable.PEOPLE) {
            Client who = client(person);
            String own = who.data(
                            "mutation { createUpload(input: {name: \"a.jpg\", size: 1, mediaType: \"image/jpeg\"}) { key } }")
                    .at("/createUpload/key")
                    .asText();
            String folder = person.subject().equals("home") ? "uploads/" : "users/" + person.subject() + "/uploads/";
            assertEquals(folder, own.substring(0, Math.min(folder.length(), own.length())));
            for (String key : List.of(
                    "users/somebody/uploads/a.mov",
                    person.subject().equals("home") ? "users/home/uploads/a.mov" : "uploads/a.mov",
                    folder + "../../somebody/uploads/a.mov")) {
                assertEquals(
                        "NOT_FOUND",
                        who.code(
                                "mutation($k: String!) { signParts(key: $k, uploadId: \"u\"," + " parts: []) { url } }",
                                "k",
                                key));
                assertEquals(
                        "NOT_FOUND",
                        who.code(
                                "mutation($k: String!) { completeUpload(key: $k, uploadId: \"u\", parts: 1) { key } }",
                                "k",
                                key));
                assertEquals(
                        "NOT_FOUND",
                        who.code("mutation($k: String!) { abortUpload(key: $k, uploadId: \"u\") }", "k", key));
            }
        }
    }

    private static boolean both(Client who, Target target) {
        String there = target.trashed() ? "restore" : "trash";
        String back = target.trashed() ? "trash" : "restore";
        boolean done = changes(who, there, target, "DONE");
        assertEquals(done, changes(who, back, target, done ? "DONE" : ""));
        return done;
    }

    private static boolean changes(Client who, String operation, Target target, String outcome) {
        JsonNode answer = who.data(
                "mutation($i: [String!]!) { " + operation + "(ids: $i) { outcome } }", "i", List.of(target.id()));
        return answer.at("/" + operation + "/0/outcome").asText().equals(outcome);
    }

    private static Target photo(DecisionTable.Row row, String name) {
        return photo(row, name, 2020);
    }

    private static Target photo(DecisionTable.Row row, String name, int year) {
        String owner = row.thing().owner();
        Sha256 asset = Photos.add(owner, name, year, row.thing().sensitive() ? 0.9 : 0.1, "seashore");
        Client of = client(new Claims(owner, Set.of(), Map.of()));
        String id = of.data("query($s: String) { asset(sha256: $s) { id } }", "s", asset.hex())
                .at("/asset/id")
                .asText();
        String album = row.given() ? album(of, List.of(id), row.who().subject()) : null;
        if (row.thing().trashed()) {
            of.data("mutation($i: [String!]!) { trash(ids: $i) { outcome } }", "i", List.of(id));
        }
        return new Target(id, asset, owner, name, row.thing().trashed(), album);
    }

    /** @return its id */
    private static String album(Client owner, List<String> assets, String to) {
        // What belongs to all is put into an album by somebody who may: here its owner.
        String album = owner.data("mutation { createAlbum(album: {name: \"Summer\"}) { id } }")
                .at("/createAlbum/id")
                .asText();
        owner.data(
                "mutation($a: ID!, $i: [String!]!) { addToAlbum(id: $a, assets: $i) { outcome } }",
                "a",
                album,
                "i",
                assets);
        owner.data(
                "mutation($a: ID!, $n: String!) { shareAlbum(id: $a, to: {kind: SUBJECT, name: $n}, role: VIEW) { id } }",
                "a",
                album,
                "n",
                to);
        return album;
    }

    private static Client client(Claims claims) {
        return Client.as(claims);
    }
}
