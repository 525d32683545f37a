package dev.memoir.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.memoir.media.Sha256;
import dev.memoir.people.Decided;
import dev.memoir.people.Decision;
import dev.memoir.people.Suggestion;
import dev.memoir.store.Keys;
import dev.memoir.store.MediaStore;
import dev.memoir.store.StoredObject;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** People over GraphQL, each test as somebody of its own. */
@QuarkusTest
@QuarkusTestResource(ApiParts.class)
class PeopleTest {
    private static final String PEOPLE =
            "{ people(atLeast: 1) { edges { node { id name count hidden cover { id } } } } }";

    @Inject
    MediaStore store;

    private static List<JsonNode> people(Client client) {
        List<JsonNode> people = new ArrayList<>();
        client.data(PEOPLE).at("/people/edges").forEach(edge -> people.add(edge.get("node")));
        return people;
    }

    private List<String> kept() {
        try (var there = store.list("originals", Decision.FOLDER, "")) {
            return there.map(StoredObject::key).toList();
        }
    }

    private static JsonNode facesIn(Client client, Sha256 asset) {
        return client.data(
                        "query($h: String) { asset(sha256: $h) { faces { id score usable thumbnail box { left top width"
                                + " height } points { x y } person { id name } asset { sha256 } } } }",
                        "h",
                        asset.hex())
                .at("/asset/faces");
    }

    @Test
    void aPhotoTellsItsFacesWithBoxPersonAndThumbnail() throws Exception {
        Sha256 asset = Portraits.add("pa", "one", 2001, 101, 102);
        Client client = Client.as("pa");

        JsonNode faces = facesIn(client, asset);

        assertEquals(2, faces.size());
        JsonNode first = faces.get(0);
        assertEquals(0.1, first.at("/box/left").asDouble());
        assertEquals(0.25, first.at("/box/height").asDouble());
        assertEquals(5, first.get("points").size());
        assertTrue(first.get("usable").asBoolean());
        assertEquals(asset.hex(), first.at("/asset/sha256").asText());
        assertNotEquals(first.at("/person/id"), faces.get(1).at("/person/id"));
        store.put("derived", Keys.face(asset, UUID.fromString(first.get("id").asText())), new byte[] {7}, "image/jpeg");
        HttpResponse<byte[]> picture = Client.HTTP.send(
                HttpRequest.newBuilder(URI.create(first.get("thumbnail").asText()))
                        .build(),
                HttpResponse.BodyHandlers.ofByteArray());
        assertEquals(7, picture.body()[0]);
    }

    @Test
    void aNamedPersonIsInTheListTheSearchTheFacetsAndTheBucket() throws Exception {
        Portraits.add("pb", "one", 2001, 111, 112);
        Portraits.add("pb", "two", 2002, 111);
        Client client = Client.as("pb");
        String id = people(client).getFirst().get("id").asText();
        Set<String> before = new HashSet<>(kept());

        JsonNode change = client.data(
                "mutation($p: ID!) { namePerson(id: $p, name: \" Michelle \") { decision person { name count } } }",
                "p",
                id);

        assertEquals("Michelle", change.at("/namePerson/person/name").asText());
        assertEquals(2, change.at("/namePerson/person/count").asInt());
        List<String> added =
                kept().stream().filter(key -> !before.contains(key)).toList();
        assertEquals(List.of(Decision.FOLDER + change.at("/namePerson/decision").asText() + ".json"), added);
        try (var object =
                store.read("originals", added.getFirst(), Optional.empty()).orElseThrow()) {
            Decision decision = Decision.read(new String(object.bytes().readAllBytes(), StandardCharsets.UTF_8));
            assertEquals("pb", decision.by());
            assertEquals(2, ((Decision.Name) decision.what()).faces().size());
        }
        JsonNode found = client.data(
                "query($p: [String!]) { assets(filter: {people: $p}) { totalCount edges { node { title } } }"
                        + " named: assets(filter: {text: \"michelle\"}) { edges { node { title } } }"
                        + " facets { people { count person { name } } } people(text: \"michelle\") { edges { node { id } } } }",
                "p",
                List.of(id));
        assertEquals(2, found.at("/assets/edges").size());
        assertEquals(2, found.at("/assets/totalCount").asInt());
        assertEquals(2, found.at("/named/edges").size());
        assertEquals("Michelle", found.at("/facets/people/0/person/name").asText());
        assertEquals(2, found.at("/facets/people/0/count").asInt());
        assertEquals(id, found.at("/people/edges/0/node/id").asText());
        JsonNode person = client.data(
                "query($p: ID!) { person(id: $p) { assets(first: 1) { edges { node { title } } pageInfo { hasNextPage } } } }",
                "p",
                id);
        assertEquals("two", person.at("/person/assets/edges/0/node/title").asText());
        assertTrue(person.at("/person/assets/pageInfo/hasNextPage").asBoolean());
    }

    @Test
    void whatWasDecidedIsToldAndUndone() {
        Portraits.add("pc", "one", 2001, 121);
        Portraits.add("pc", "two", 2002, 122);
        Client client = Client.as("pc");
        String one = people(client).get(0).get("id").asText();
        String other = people(client).get(1).get("id").asText();
        client.data("mutation($p: ID!) { namePerson(id: $p, name: \"Ada\") { decision } }", "p", one);

        String merge = client.data(
                        "mutation($p: ID!, $i: ID!) { mergePeople(id: $p, into: $i) { decision person { name count } } }",
                        "p",
                        one,
                        "i",
                        other)
                .at("/mergePeople/decision")
                .asText();
        assertEquals(1, people(client).size());
        assertEquals("Ada", people(client).getFirst().get("name").asText(), "the name goes over to who has none");
        assertEquals(2, people(client).getFirst().get("count").asInt());
        assertEquals(
                other,
                client.data("query($p: ID!) { person(id: $p) { id } }", "p", one)
                        .at("/person/id")
                        .asText());

        JsonNode history = client.data(
                        "query($p: ID!) { personHistory(id: $p) { id kind by name undone } }", "p", other)
                .at("/personHistory");
        assertEquals(List.of("MERGE", "NAME"), history.findValuesAsText("kind"));

        client.data("mutation($d: ID!) { undoDecision(decision: $d) { decision } }", "d", merge);
        assertEquals(2, people(client).size());
        assertEquals(
                "BAD_INPUT", client.code("mutation($d: ID!) { undoDecision(decision: $d) { decision } }", "d", merge));
        assertTrue(client.data("query($p: ID!) { personHistory(id: $p) { kind undone } }", "p", other)
                .at("/personHistory/1/undone")
                .asBoolean());
    }

    @Test
    void facesMoveAreRejectedHiddenAndChosen() {
        Sha256 first = Portraits.add("pd", "one", 2001, 131);
        Portraits.add("pd", "two", 2002, 131);
        Portraits.add("pd", "three", 2003, 131);
        Client client = Client.as("pd");
        String person = people(client).getFirst().get("id").asText();
        String face = facesIn(client, first).get(0).get("id").asText();

        JsonNode moved = client.data(
                "mutation($f: [String!]!) { moveFaces(faces: $f) { person { id count } } }", "f", List.of(face));
        assertEquals(1, moved.at("/moveFaces/person/count").asInt());
        assertEquals(2, people(client).size());
        client.data(
                "mutation($f: [String!]!, $p: ID) { moveFaces(faces: $f, to: $p) { decision } }",
                "f",
                List.of(face),
                "p",
                person);
        assertEquals(1, people(client).size());

        client.data(
                "mutation($f: [String!]!, $p: ID!) { notThisPerson(faces: $f, person: $p) { decision } }",
                "f",
                List.of(face),
                "p",
                person);
        assertEquals(
                List.of(2, 1),
                people(client).stream().map(p -> p.get("count").asInt()).toList());

        String another = people(client).getFirst().at("/cover/id").asText();
        assertEquals(
                "BAD_INPUT",
                client.code(
                        "mutation($f: ID!, $p: ID!) { chooseCover(id: $p, face: $f) { decision } }",
                        "f",
                        face,
                        "p",
                        person));
        client.data(
                "mutation($f: ID!, $p: ID!) { chooseCover(id: $p, face: $f) { decision } }", "f", another, "p", person);
        client.data("mutation($p: ID!) { hidePerson(id: $p) { decision } }", "p", person);
        assertFalse(people(client).stream().anyMatch(p -> p.get("id").asText().equals(person)));
        assertEquals(
                1,
                client.data("{ people(hidden: true) { edges { node { id } } } }")
                        .at("/people/edges")
                        .size());
    }

    @Test
    void twoWhoMayBeOneAreSuggestedUntilSomebodySaysNo() {
        Portraits.add("pe", "one", 2001, 141);
        Portraits.add("pe", "two", 2002, 142);
        Client client = Client.as("pe");
        List<UUID> ids = people(client).stream()
                .map(p -> UUID.fromString(p.get("id").asText()))
                .toList();
        Portraits.catalog()
                .describe(
                        Decided.of(Portraits.catalog().decisions()),
                        List.of(new Suggestion(ids.get(0), ids.get(1), 0.6)));

        JsonNode suggested = client.data("{ personSuggestions { certainty person { id } other { id } } }");
        assertEquals(0.6, suggested.at("/personSuggestions/0/certainty").asDouble());
        assertEquals(
                0,
                Client.as("nobody there")
                        .data("{ personSuggestions { certainty } }")
                        .at("/personSuggestions")
                        .size());

        client.data(
                "mutation($a: ID!, $b: ID!) { keepApart(id: $a, other: $b) { decision } }",
                "a",
                ids.get(0).toString(),
                "b",
                ids.get(1).toString());
        assertEquals(
                0,
                client.data("{ personSuggestions { certainty } }")
                        .at("/personSuggestions")
                        .size());
    }

    @Test
    void whoIsNotToBeRecognisedIsErasedAtOnceToldOfByNameAndMayBeTakenBack() {
        Sha256 asset = Portraits.add("pi", "one", 2001, 171, 172);
        Portraits.add("pi", "two", 2002, 171);
        Client client = Client.as("pi");
        String id = people(client).getFirst().get("id").asText();
        client.data("mutation($p: ID!) { namePerson(id: $p, name: \"Ada\") { decision } }", "p", id);
        List<String> pictures = new ArrayList<>();
        for (JsonNode face : facesIn(client, asset)) {
            pictures.add(Keys.face(asset, UUID.fromString(face.get("id").asText())));
            store.put("derived", pictures.getLast(), new byte[] {7}, "image/jpeg");
        }

        JsonNode change = client.data("mutation($p: ID!) { forgetPerson(id: $p) { decision person { id } } }", "p", id);

        assertTrue(change.at("/forgetPerson/person").isNull());
        assertEquals(1, facesIn(client, asset).size(), "the other face of the photo stays");
        assertEquals(
                List.of(false, true),
                pictures.stream()
                        .map(key -> store.stat("derived", key).isPresent())
                        .toList());
        assertEquals(
                0,
                client.data("{ assets(filter: {text: \"Ada\"}) { edges { node { id } } } }")
                        .at("/assets/edges")
                        .size());
        assertFalse(people(client).stream().anyMatch(p -> p.get("id").asText().equals(id)));
        JsonNode told = client.data("{ unrecognised { id kind name } }").at("/unrecognised");
        String decision = change.at("/forgetPerson/decision").asText();
        assertEquals(1, told.size());
        assertEquals("Ada", told.at("/0/name").asText());
        assertEquals(decision, told.at("/0/id").asText());

        String undo = "mutation($d: ID!) { undoDecision(decision: $d) { decision } }";
        assertEquals("NOT_FOUND", Client.as("pj").code(undo, "d", decision));
        assertEquals(
                0,
                Client.as("pj")
                        .data("{ unrecognised { id } }")
                        .at("/unrecognised")
                        .size());
        client.data(undo, "d", decision);
        assertEquals(
                0, client.data("{ unrecognised { id } }").at("/unrecognised").size());
    }

    @Test
    void somebodyElsesPeopleAreNeitherSeenNorChanged() {
        Sha256 asset = Portraits.add("pf", "one", 2001, 151);
        Client owner = Client.as("pf");
        Client other = Client.as("pg");
        String person = people(owner).getFirst().get("id").asText();
        String face = facesIn(owner, asset).get(0).get("id").asText();
        int before = kept().size();

        assertTrue(other.data("query($p: ID!) { person(id: $p) { id } }", "p", person)
                .get("person")
                .isNull());
        for (String change : List.of(
                "mutation($p: ID!, $f: ID!) { namePerson(id: $p, name: \"x\") { decision } chooseCover(id: $p, face: $f)"
                        + " { decision } }",
                "mutation($p: ID!, $f: ID!) { hidePerson(id: $p) { decision } mergePeople(id: $p, into: $f) { decision } }",
                "mutation($p: ID!, $f: String!) { notThisPerson(faces: [$f], person: $p) { decision } moveFaces(faces: [$f])"
                        + " { decision } }")) {
            JsonNode answer = other.answer(change, "p", person, "f", face);
            answer.get("errors")
                    .forEach(error -> assertEquals(
                            "NOT_FOUND", error.at("/extensions/code").asText(), answer.toString()));
            assertTrue(answer.get("errors").size() >= 1);
        }
        assertEquals(before, kept().size(), "nothing was written");
    }

    @Test
    void whatMakesNoSenseIsRefusedAndNothingIsWritten() {
        Portraits.add("ph", "one", 2001, 161);
        Client client = Client.as("ph");
        String person = people(client).getFirst().get("id").asText();
        int before = kept().size();

        for (String change : List.of(
                "mutation($p: ID!) { namePerson(id: $p, name: \"" + "x".repeat(201) + "\") { decision } }",
                "mutation($p: ID!) { namePerson(id: $p, name: \"a\\u0000b\") { decision } }",
                "mutation($p: ID!) { mergePeople(id: $p, into: $p) { decision } }",
                "mutation($p: ID!) { keepApart(id: $p, other: $p) { decision } }",
                "mutation($p: ID!) { notThisPerson(faces: [], person: $p) { decision } }",
                "mutation($p: ID!) { notThisPerson(faces: [\"no id\"], person: $p) { decision } }",
                "query($p: ID!) { person(id: $p) { assets(first: 0) { totalCount } } }",
                "query($p: ID!) { people(first: 0) { edges { cursor } } person(id: $p) { id } }",
                "query($p: ID!) { people(after: \"x\") { edges { cursor } } person(id: $p) { id } }")) {
            assertEquals("BAD_INPUT", client.code(change, "p", person), change);
        }
        assertEquals("NOT_FOUND", client.code("mutation { undoDecision(decision: \"none\") { decision } }"));
        assertEquals("BAD_INPUT", client.code("{ assets(filter: {people: [\"Ada\"]}) { totalCount } }"));
        assertEquals(before, kept().size());
    }
}
