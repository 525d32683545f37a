package dev.memoir.models;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ModelCatalogueTest {
    private final ModelCatalogue catalogue = ModelCatalogue.load();

    @Test
    void everyTaskHasACurrentModel() {
        assertEquals(Set.of(Task.values()), catalogue.current().keySet());
        catalogue.current().forEach((task, model) -> assertEquals(task, model.task()));
    }

    @Test
    void noTwoFilesLieAtTheSamePath() {
        List<String> paths = catalogue.models().stream()
                .flatMap(model -> model.files().stream().map(model::path))
                .toList();
        assertEquals(paths.size(), new HashSet<>(paths).size(), paths.toString());
        assertTrue(paths.contains("open-nsfw/1/open-nsfw.onnx"), paths.toString());
    }

    @Test
    void everyFileHasASizeAndASha256() {
        for (Model model : catalogue.models()) {
            for (ModelFile file : model.files()) {
                assertTrue(file.size() > 0, model.path(file));
                assertTrue(file.sha256().matches("[0-9a-f]{64}"), model.path(file));
            }
        }
    }

    @Test
    void everyFileIsMadeFromAListedPackage() throws Exception {
        Set<String> packages = catalogue.packages().stream()
                .map(ModelCatalogue.PythonPackage::name)
                .collect(Collectors.toSet());
        var json = new ObjectMapper().readTree(ModelCatalogue.class.getResourceAsStream("catalogue.json"));
        var sources = json.findValues("from");
        assertEquals(
                catalogue.models().stream()
                        .mapToInt(model -> model.files().size())
                        .sum(),
                sources.size());
        sources.forEach(from -> assertTrue(packages.contains(from.get("package").asText()), from.toString()));
    }

    @Test
    void everyModelComesWithTheTextOfItsLicence() {
        for (Model model : catalogue.models()) {
            assertNotEquals("", model.licence().id(), model.id());
            assertTrue(model.files().contains(model.licence().text()), model.id());
        }
    }

    @Test
    void nsfwPreparationIsThatOfTheModelsTraining() {
        Preparation preparation = catalogue.current().get(Task.NSFW).preparation();
        assertEquals(
                List.of(
                        new Preparation.Resize(256, 256, Preparation.Filter.BILINEAR),
                        new Preparation.JpegRoundTrip(75),
                        new Preparation.Crop(224, 224)),
                preparation.steps());
        assertEquals(Preparation.Channels.BGR, preparation.channels());
        assertEquals(List.of(104f, 117f, 123f), preparation.mean());
    }

    @Test
    void aCurrentModelThatIsNotListedIsRefused() {
        String json = "{\"packages\":[],\"models\":[],\"current\":{\"nsfw\":\"open-nsfw/9\"}}";
        var refused = assertThrows(
                IllegalArgumentException.class,
                () -> ModelCatalogue.read(new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8))));
        assertTrue(refused.getMessage().contains("open-nsfw/9"), refused.getMessage());
    }
}
