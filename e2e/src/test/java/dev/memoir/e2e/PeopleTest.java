package dev.memoir.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.memoir.store.MediaStore;
import dev.memoir.store.StoreConfig;
import dev.memoir.store.StoreException;
import dev.memoir.testkit.Await;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** From portraits in the bucket to a person with a name, and back to nothing but the name. */
class PeopleTest {
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final String PEOPLE =
            "{ people(atLeast: 1) { edges { node { id name count cover { thumbnail } } } } }";

    private static void put(Household household, String... names) throws IOException {
        try (MediaStore store = household.store()) {
            for (String name : names) {
                store.put("originals", name, Files.readAllBytes(Photos.sample("people/" + name)), "image/jpeg");
            }
        }
    }

    private static JsonNode people(Household household) {
        return household.query(PEOPLE).at("/people/edges");
    }

    /** Cut-out faces, as the ordinary files that they are, their older versions included. */
    private static List<Path> cutOuts(Household household) throws IOException {
        try (Stream<Path> all = Files.walk(household.library())) {
            return all.filter(Files::isRegularFile)
                    .filter(path -> path.toString().contains("/faces/"))
                    .toList();
        }
    }

    @Test
    void undecidedNothingIsLookedForThenPhotosThatAreThereAndNewOnesBecomePeopleUntilAllIsErased() throws Exception {
        try (Household household = Household.started()) {
            assertEquals("undecided", household.status().path("faces").asText());
            put(household, "obama.jpg", "obama2.jpg", "biden.jpg");
            household.awaitSettled();
            assertEquals(0, people(household).size());

            household.memoir("faces", "--library", "on").mustSucceed();

            Await.until(
                    "photos that were there are looked at",
                    PATIENCE,
                    () -> people(household).size() == 2);
            put(household, "obama3.jpg");
            Await.until(
                    "a new photo joins its person",
                    PATIENCE,
                    () -> people(household).at("/0/node/count").asInt() == 3);
            assertTrue(Files.exists(household.original(".memoir/faces.json")));
            aPhonesKeyNeitherReadsNorWritesWhatTheFamilyDecided(household);
            JsonNode person = people(household).at("/0/node");
            assertTrue(person.at("/cover/thumbnail").asText().contains("/derived/faces/"));
            household.query("mutation { namePerson(id: \"" + person.path("id").asText()
                    + "\", name: \"Quintus\") { person { name } } }");

            household.memoir("faces", "--library", "group").mustSucceed();

            assertEquals("Quintus", people(household).at("/0/node/name").asText());
            assertEquals(
                    3,
                    household
                            .query("{ assets(filter: {text: \"quintus\"}) { edges { node { id } } } }")
                            .at("/assets/edges")
                            .size());
            assertEquals(4, cutOuts(household).size());

            Ran off = household.memoir("faces", "--library", "off").mustSucceed();

            assertTrue(off.out().contains("Erased: 4 faces, 4 pictures of them, 2 groups."), off.out());
            assertEquals(List.of(), cutOuts(household));
            assertEquals(0, people(household).size());
            assertEquals("off", household.status().path("faces").asText());
            assertTrue(decisions(household).contains("Quintus"), "what somebody wrote stays");
            assertFalse(household.memoir("status").out().contains("nobody has decided"));
        }
    }

    private static void aPhonesKeyNeitherReadsNorWritesWhatTheFamilyDecided(Household household) throws IOException {
        JsonNode key = new ObjectMapper()
                .readTree(household.library().resolve("secrets/phone.json").toFile());
        URI address = URI.create(household.runnerFile().path("storeAddress").asText());
        try (MediaStore phone = MediaStore.open(new StoreConfig(
                address,
                address,
                "us-east-1",
                key.path("accessKey").asText(),
                key.path("secretKey").asText(),
                "originals",
                "derived"))) {
            phone.put("originals", "phone/notes.txt", new byte[] {1}, "text/plain");
            for (String document : List.of(".memoir/faces.json", ".memoir/people/forged.json")) {
                assertThrows(
                        StoreException.class, () -> phone.put("originals", document, new byte[] {1}, "text/plain"));
                assertThrows(StoreException.class, () -> phone.read("originals", document, Optional.empty()));
            }
        }
    }

    private static String decisions(Household household) throws IOException {
        StringBuilder all = new StringBuilder();
        try (Stream<Path> files = Files.list(household.original(".memoir/people"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                all.append(Files.readString(file));
            }
        }
        return all.toString();
    }

    @Test
    void theDecisionCanBeMadeWithTheStart() throws Exception {
        try (Household household = new Household()) {
            household
                    .memoir(household.starting("up", "--detach", "--faces", "on"))
                    .mustSucceed();
            assertEquals("on", household.status().path("faces").asText());
            put(household, "biden.jpg");
            Await.until("a face is found", PATIENCE, () -> people(household).size() == 1);
        }
    }
}
