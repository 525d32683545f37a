package dev.memoir.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What needs no Memoir, stores nothing and starts nothing. */
class WithoutMemoirRunningTest {
    private final Household household = new Household();

    @AfterEach
    void nothingWasMade() {
        assertFalse(Files.exists(household.library()), "a library was made");
        household.close();
    }

    @Test
    void factsOfAPhotoAreWhatItsFileSays() {
        JsonNode facts = household
                .memoir("facts", "--json", Photos.sample("photos/starfish.jpg").toString())
                .mustSucceed()
                .json();
        assertEquals("image/jpeg", facts.path("mediaType").asText());
        assertEquals("Lumia 820", facts.path("cameraModel").asText());
        assertEquals(1278, facts.path("width").asInt());
        assertEquals("2013-05-10T15:21:35", facts.path("takenAtLocal").asText());
        assertEquals("ready", facts.path("state").asText());
    }

    @Test
    void labelsSeeTheCatAndSayWhereThereIsNoPicture() throws IOException {
        Path text = Files.writeString(household.outside("in").resolve("text.jpg"), "no picture");
        Ran ran = household
                .memoir("labels", "--json", Photos.sample("photos/chelsea.png").toString(), text.toString())
                .mustEndWith(1);
        assertEquals("chelsea.png", ran.json().at("/0/name").asText());
        assertTrue(ran.json().at("/0/labels/0/name").asText().contains("cat"), ran.out());
        assertTrue(ran.json().at("/0/nsfw").asDouble(1) < 0.1, ran.out());
        assertEquals("text.jpg", ran.json().at("/1/name").asText());
        assertTrue(ran.json().at("/1/reason").asText().contains("text/plain"), ran.out());
        assertTrue(ran.err().contains("text.jpg"), ran.err());
    }

    @Test
    void theDoctorFindsWhatTestsNeed() {
        JsonNode report = household.memoir("doctor", "--json").mustSucceed().json();
        assertTrue(report.path("ready").asBoolean(), report.toString());
    }
}
