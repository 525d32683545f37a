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
        assertEquals("animal", ran.json().at("/0/labels/0/name").asText(), ran.out());
        assertTrue(ran.json().at("/0/labels").findValuesAsText("name").contains("cat"), ran.out());
        assertTrue(ran.json().at("/0/nsfw").asDouble(1) < 0.1, ran.out());
        assertEquals("text.jpg", ran.json().at("/1/name").asText());
        assertTrue(ran.json().at("/1/reason").asText().contains("text/plain"), ran.out());
        assertTrue(ran.err().contains("text.jpg"), ran.err());
    }

    /** What the real dlib says of this picture at this width. */
    @Test
    void facesAreThoseThatDlibFinds() {
        JsonNode report = household
                .memoir("faces", "--json", Photos.sample("people/obama.jpg").toString())
                .mustSucceed()
                .json();
        assertEquals("obama.jpg", report.path("name").asText());
        assertEquals(600, report.path("width").asInt());
        assertEquals(750, report.path("height").asInt());
        assertEquals(1, report.path("faces").size());
        JsonNode face = report.at("/faces/0");
        assertEquals("[241,95,411,265]", face.path("box").toString());
        assertEquals(1.1007, face.path("score").asDouble(), 0.001);
        assertEquals(
                "[[376,142],[348,141],[279,143],[305,142],[326,194]]",
                face.path("points").toString());
        assertEquals(128, face.path("embedding").size());
        assertEquals(-0.0884954, face.at("/embedding/0").asDouble(), 1e-5);
        assertEquals(0.1235046, face.at("/embedding/1").asDouble(), 1e-5);
    }

    @Test
    void facesOfPhotosOfPhonesAreLookedForAndBrokenFilesSayWhy() throws IOException {
        Path text = Files.writeString(household.outside("in").resolve("text.jpg"), "no picture");
        Ran ran = household
                .memoir(
                        "faces",
                        "--json",
                        Photos.sample("heic/pug.heic").toString(),
                        Photos.sample("orientation/Landscape_6.jpg").toString(),
                        Photos.sample("broken/empty.heic").toString(),
                        text.toString())
                .mustEndWith(1);
        JsonNode reports = ran.json();
        assertEquals(4, reports.size());
        assertTrue(reports.at("/0/faces").isArray(), ran.out());
        assertTrue(reports.at("/1/width").asInt() > reports.at("/1/height").asInt(), ran.out());
        assertTrue(reports.at("/2/reason").asText().contains("empty"), ran.out());
        assertTrue(
                reports.at("/3/faces").isMissingNode()
                        && !reports.at("/3/reason").asText().isBlank(),
                ran.out());
        assertFalse(ran.err().contains("\tat "), ran.err());
    }

    @Test
    void facesRefusesASettingThatMakesNoSense() {
        Ran ran = household
                .memoir(
                        "faces",
                        "--width",
                        "5",
                        Photos.sample("people/obama.jpg").toString())
                .mustEndWith(2);
        assertTrue(ran.err().contains("--width is 80 to 2000"), ran.err());
    }

    @Test
    void theDoctorFindsWhatTestsNeed() {
        JsonNode report = household.memoir("doctor", "--json").mustSucceed().json();
        assertTrue(report.path("ready").asBoolean(), report.toString());
    }
}
