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
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModelCatalogueTest {
    private final ModelCatalogue catalogue = ModelCatalogue.load();
    private final ModelCatalogue faces = ModelCatalogue.faces();
    private final ModelCatalogue objects = ModelCatalogue.objects();

    private List<Model> models() {
        return Stream.of(catalogue, faces, objects)
                .flatMap(one -> one.models().stream())
                .toList();
    }

    @Test
    void everyTaskHasACurrentModelInOneOfTheCatalogues() {
        List<Task> tasks = Stream.of(catalogue, faces, objects)
                .flatMap(one -> one.current().keySet().stream())
                .sorted()
                .toList();
        assertEquals(Stream.of(Task.values()).filter(task -> task != Task.WORDS).toList(), tasks);
        catalogue.current().forEach((task, model) -> assertEquals(task, model.task()));
        faces.current().forEach((task, model) -> assertEquals(task, model.task()));
        objects.current().forEach((task, model) -> assertEquals(task, model.task()));
    }

    @Test
    void whatLooksAtEveryPictureLooksForNoFaces() {
        assertEquals(Set.of(Task.NSFW, Task.LABELS), catalogue.current().keySet());
    }

    @Test
    void noTwoFilesLieAtTheSamePath() {
        List<String> paths = models().stream()
                .flatMap(model -> model.files().stream().map(model::path))
                .toList();
        assertEquals(paths.size(), new HashSet<>(paths).size(), paths.toString());
        assertTrue(paths.contains("open-nsfw/1/open-nsfw.onnx"), paths.toString());
    }

    @Test
    void everyFileHasASizeAndASha256() {
        for (Model model : models()) {
            for (ModelFile file : model.files()) {
                assertTrue(file.size() > 0, model.path(file));
                assertTrue(file.sha256().matches("[0-9a-f]{64}"), model.path(file));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"catalogue.json", "faces.json", "objects.json"})
    void everyFileIsMadeFromAListedPackage(String name) throws Exception {
        var one = Map.of("catalogue.json", catalogue, "faces.json", faces, "objects.json", objects)
                .get(name);
        Set<String> packages =
                one.packages().stream().map(ModelCatalogue.Package::name).collect(Collectors.toSet());
        var json = new ObjectMapper().readTree(ModelCatalogue.class.getResourceAsStream(name));
        var sources = json.findValues("from");
        assertEquals(
                one.models().stream().mapToInt(model -> model.files().size()).sum(), sources.size());
        sources.forEach(from -> assertTrue(packages.contains(from.get("package").asText()), from.toString()));
    }

    @Test
    void everyModelComesWithTheTextOfItsLicence() {
        for (Model model : models()) {
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
    void objectsAreLookedForInAPictureThatKeepsItsProportions() {
        Model model = objects.current().get(Task.OBJECTS);
        assertEquals(
                List.of(new Preparation.Fit(416, 416, Preparation.Filter.BILINEAR)),
                model.preparation().steps());
        assertEquals(List.of(57.375f, 57.12f, 58.395f), model.preparation().divisor());
        assertEquals(80, ((Output.Objects) model.output()).names().size());
        assertEquals("Apache-2.0", model.licence().id());
    }

    @Test
    void twoCataloguesMakeOne() {
        assertEquals(
                Set.of(Task.NSFW, Task.LABELS, Task.OBJECTS),
                catalogue.and(objects).current().keySet());
    }

    @Test
    void oneDivisorIsForAllChannels() {
        assertEquals(
                List.of(128f, 128f, 128f),
                catalogue.current().get(Task.LABELS).preparation().divisor());
    }

    @Test
    void aTasksNameOnTheWireIsReadBack() {
        for (Task task : Task.values()) {
            assertEquals(task, Task.ofWireName(task.wireName()));
        }
        assertEquals("face-detection", Task.FACE_DETECTION.wireName());
    }

    @Test
    void theFaceModelsAreInThePublicDomainAndSayWhereThatIsWritten() throws Exception {
        var json = new ObjectMapper().readTree(ModelCatalogue.class.getResourceAsStream("faces.json"));
        for (var licence : json.findValues("licence")) {
            assertEquals("CC0-1.0", licence.path("id").asText());
            assertTrue(licence.path("written").asText().contains("davisking/dlib-models"), licence.toString());
        }
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
