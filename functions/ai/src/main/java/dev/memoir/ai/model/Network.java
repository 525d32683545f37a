package dev.memoir.ai.model;

import ai.djl.Device;
import ai.djl.ModelException;
import ai.djl.inference.Predictor;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.translate.NoBatchifyTranslator;
import ai.djl.translate.TranslateException;
import ai.djl.translate.TranslatorContext;
import ai.onnxruntime.OrtException;
import dev.memoir.ai.picture.Preparer.Input;
import dev.memoir.models.Model;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Map;

/** One model, loaded when it is first used. Safe for many threads. */
public final class Network implements AutoCloseable {
    private final Model model;
    private final ModelFolder folder;
    private final Device device;
    private final int threads;
    private ai.djl.Model loaded;

    /** @param threads with which one picture is looked at */
    public Network(Model model, ModelFolder folder, Device device, int threads) {
        this.model = model;
        this.folder = folder;
        this.device = device;
        this.threads = threads;
    }

    public Model model() {
        return model;
    }

    /**
     * The output row for one picture.
     *
     * @throws ModelMissing when the model's file can't be had
     */
    public float[] run(Input input) {
        try (Predictor<Input, float[]> predictor = load().newPredictor(
                        new Row(model.output().name(), model.preparation().input()))) {
            return predictor.predict(input);
        } catch (TranslateException e) {
            throw new IllegalStateException("model " + model.id() + " failed on " + device + ": " + e.getMessage(), e);
        }
    }

    /** Loads the model unless it is loaded. A failure is not remembered: the next call tries again. */
    public synchronized ai.djl.Model load() {
        if (loaded == null) {
            loaded = open(folder.file(model, model.weights()));
        }
        return loaded;
    }

    private ai.djl.Model open(Path weights) {
        var opening = ai.djl.Model.newInstance(model.name(), device, OnnxEngine.name());
        try {
            opening.load(
                    weights.getParent(),
                    weights.getFileName().toString(),
                    Map.of("sessionOptions", OnnxEngine.options(device, threads)));
            return opening;
        } catch (IOException | ModelException | OrtException e) {
            opening.close();
            throw new IllegalStateException(
                    "model " + model.id() + " can't be loaded from " + weights + ": " + e.getMessage(), e);
        }
    }

    @Override
    public synchronized void close() {
        if (loaded != null) {
            loaded.close();
            loaded = null;
        }
    }

    /** From an input to one named row of the output. */
    private record Row(String output, String input) implements NoBatchifyTranslator<Input, float[]> {
        @Override
        public NDList processInput(TranslatorContext context, Input picture) {
            var values = context.getNDManager().create(FloatBuffer.wrap(picture.values()), new Shape(picture.shape()));
            values.setName(input);
            return new NDList(values);
        }

        @Override
        public float[] processOutput(TranslatorContext context, NDList outputs) {
            return outputs.get(output).toFloatArray();
        }
    }
}
