package dev.memoir.ai.faces;

import ai.djl.Device;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.memoir.ai.model.ModelFolder;
import dev.memoir.ai.model.OnnxEngine;
import dev.memoir.models.Model;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Map;

/**
 * A network with one input and one output on ONNX Runtime itself: the detector's input is large and has many shapes, so it is
 * handed over in native memory and not copied once more. Loaded when it is first used. For one thread at a time.
 */
final class Session implements AutoCloseable {
    private final Model model;
    private final ModelFolder folder;
    private final Device device;
    private final int threads;
    private FloatBuffer input = FloatBuffer.allocate(0);
    private OrtSession loaded;

    Session(Model model, ModelFolder folder, Device device, int threads) {
        this.model = model;
        this.folder = folder;
        this.device = device;
        this.threads = threads;
    }

    /** Native memory for the next {@link #run}, kept for those after it. */
    FloatBuffer input(int size) {
        if (input.capacity() < size) {
            input = ByteBuffer.allocateDirect(Math.multiplyExact(size, Float.BYTES))
                    .order(ByteOrder.nativeOrder())
                    .asFloatBuffer();
        }
        return input.clear().limit(size);
    }

    /**
     * What the network says of the filled input.
     *
     * @param shape whose product is the input's size
     */
    float[] run(long... shape) {
        try (OnnxTensor tensor = OnnxTensor.createTensor(OnnxEngine.environment(), input.rewind(), shape);
                OrtSession.Result result = load().run(Map.of(model.preparation().input(), tensor))) {
            OnnxValue output = result.get(model.output().name()).orElseThrow();
            FloatBuffer values = ((OnnxTensor) output).getFloatBuffer();
            float[] copy = new float[values.remaining()];
            values.get(copy);
            return copy;
        } catch (OrtException e) {
            throw new IllegalStateException("model " + model.id() + " failed on " + device + ": " + e.getMessage(), e);
        }
    }

    /** @throws dev.memoir.ai.model.ModelMissing when the model's file can't be had */
    OrtSession load() {
        if (loaded == null) {
            Path weights = folder.file(model, model.weights());
            try (var options = OnnxEngine.options(device, threads)) {
                loaded = OnnxEngine.environment().createSession(weights.toString(), options);
            } catch (OrtException e) {
                throw new IllegalStateException("model " + model.id() + " can't be loaded from " + weights, e);
            }
        }
        return loaded;
    }

    @Override
    public void close() {
        if (loaded != null) {
            try {
                loaded.close();
            } catch (OrtException e) {
                throw new IllegalStateException("model " + model.id() + " can't be closed", e);
            }
            loaded = null;
        }
    }
}
