package dev.memoir.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.memoir.testkit.ColourModel;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole way of a search by words, with a small model that knows colours. */
class SearchByWordsTest {
    private static final String SEARCH =
            "query($w: String!) { search(words: $w) { edges { node { objects { key } } } } }";

    @TempDir
    Path folder;

    private Path picture(String name, Color color) throws IOException {
        BufferedImage image = new BufferedImage(320, 240, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        graphics.setColor(color);
        graphics.fillRect(0, 0, image.getWidth(), image.getHeight());
        graphics.dispose();
        Path file = Files.createDirectories(folder.resolve("colours")).resolve(name);
        ImageIO.write(image, "png", file.toFile());
        return file;
    }

    private static List<String> found(Household household, String words) {
        List<String> keys = new ArrayList<>();
        for (JsonNode edge : household.query(SEARCH, "--var", "w=" + words).at("/search/edges")) {
            keys.add(edge.at("/node/objects/0/key").asText());
        }
        return keys;
    }

    @Test
    void aPhotoIsFoundByWhatItShowsTheLikeliestFirst() throws IOException {
        Path models = folder.resolve("models");
        ColourModel.write(Files.createDirectories(models));
        picture("sunset.png", new Color(0xE0, 0x10, 0x08));
        picture("lake.png", new Color(0x08, 0x18, 0xD0));
        try (Household household = new Household()) {
            household
                    .launch(household.starting("up", "--detach", "--set", "ai.words=" + models))
                    .finish()
                    .mustSucceed();
            household.memoir("add", folder.resolve("colours").toString()).mustSucceed();
            household.awaitSettled();
            household.awaitAsleep();
            assertEquals(
                    ColourModel.NAME,
                    household
                            .query("{ instance { searchByWords { model } } }")
                            .at("/instance/searchByWords/model")
                            .asText());
            assertEquals(List.of("colours/sunset.png", "colours/lake.png"), found(household, "red"));
            assertEquals(List.of("colours/lake.png", "colours/sunset.png"), found(household, "blue"));
        }
    }

    @Test
    void withoutAModelItSaysWhatToDo() {
        try (Household household = Household.started()) {
            Ran ran = household.memoir("query", SEARCH, "--var", "w=red");
            assertTrue((ran.out() + ran.err()).contains("docs/analysis.md"), ran.out() + ran.err());
        }
    }
}
