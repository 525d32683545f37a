package dev.memoir.ai.words;

import ai.djl.Device;
import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.memoir.ai.model.ModelFolder;
import dev.memoir.ai.model.OnnxEngine;
import dev.memoir.models.Model;
import dev.memoir.models.Output;
import dev.memoir.vectors.Quantised;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** The half of a model that gives the direction of words. Loaded when it is first used. Safe for many threads. */
public final class WordTower implements AutoCloseable {
    private final Model model;
    private final Output.Words words;
    private final int size;
    private final ModelFolder folder;
    private final Device device;
    private HuggingFaceTokenizer tokenizer;
    private OrtSession session;

    public WordTower(Model model, ModelFolder folder, Device device) {
        Output.Meaning meaning = (Output.Meaning) model.output();
        this.model = model;
        this.words = meaning.words();
        this.size = meaning.size();
        this.folder = folder;
        this.device = device;
    }

    /**
     * The direction of what is asked for.
     *
     * @throws dev.memoir.ai.model.ModelMissing when the model's files can't be had
     */
    public synchronized Quantised of(String text) {
        load();
        long[] tokens = tokenizer
                .encode(words.lower() ? text.toLowerCase(Locale.ROOT) : text)
                .getIds();
        int length = words.length() == 0 ? tokens.length : words.length();
        long[] row = Arrays.copyOf(tokens, length);
        long[] mask = new long[length];
        Arrays.fill(mask, 0, Math.min(tokens.length, length), 1);
        if (length > tokens.length) {
            Arrays.fill(row, tokens.length, length, words.filler());
        }
        return Quantised.of(run(row, mask));
    }

    private float[] run(long[] row, long[] mask) {
        var environment = OnnxEngine.environment();
        long[] shape = {1, row.length};
        try (OnnxTensor ids = OnnxTensor.createTensor(environment, LongBuffer.wrap(row), shape);
                OnnxTensor ones = OnnxTensor.createTensor(environment, LongBuffer.wrap(mask), shape)) {
            Map<String, OnnxTensor> inputs = new HashMap<>(Map.of(words.input(), ids));
            if (!words.mask().isEmpty()) {
                inputs.put(words.mask(), ones);
            }
            try (OrtSession.Result result = session.run(inputs)) {
                OnnxValue output = result.get(words.name()).orElseThrow();
                FloatBuffer values = ((OnnxTensor) output).getFloatBuffer();
                if (values.remaining() != size) {
                    throw new IllegalStateException(model.id() + " gives " + values.remaining()
                            + " numbers for words, but " + size + " for pictures");
                }
                float[] copy = new float[size];
                values.get(copy);
                return copy;
            }
        } catch (OrtException e) {
            throw new IllegalStateException("model " + model.id() + " failed on " + device + ": " + e.getMessage(), e);
        }
    }

    private void load() {
        if (session != null) {
            return;
        }
        var weights = folder.file(model, words.weights());
        var vocabulary = folder.file(model, words.tokenizer());
        try {
            // Cut by the library, which keeps the tokens that stand for the end.
            var builder =
                    HuggingFaceTokenizer.builder().optTokenizerPath(vocabulary).optPadding(false);
            tokenizer = (words.length() > 0
                            ? builder.optTruncation(true).optMaxLength(words.length())
                            : builder.optTruncation(false))
                    .build();
            session = OnnxEngine.environment()
                    .createSession(
                            weights.toString(),
                            OnnxEngine.options(device, Runtime.getRuntime().availableProcessors()));
        } catch (IOException | OrtException e) {
            throw new IllegalStateException("model " + model.id() + " can't be loaded: " + e.getMessage(), e);
        }
    }

    @Override
    public synchronized void close() {
        try {
            if (tokenizer != null) {
                tokenizer.close();
            }
            if (session != null) {
                session.close();
                session = null;
            }
        } catch (OrtException e) {
            throw new IllegalStateException("model " + model.id() + " can't be closed: " + e.getMessage(), e);
        }
    }
}
