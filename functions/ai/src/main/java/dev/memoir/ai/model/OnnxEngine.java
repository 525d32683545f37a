package dev.memoir.ai.model;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtProvider;
import ai.onnxruntime.OrtSession.SessionOptions;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.Optional;

/** ONNX Runtime under DJL, made ready: no network, nothing in the home folder, native libraries unpacked once. */
public final class OnnxEngine {
    private static final Logger LOG = System.getLogger(OnnxEngine.class.getName());
    private static final String NAME = "OnnxRuntime";
    private static final String NATIVES = "onnxruntime.native.path";

    private OnnxEngine() {}

    /**
     * To be called before anything of DJL or ONNX Runtime is.
     *
     * @param cache folder to keep native libraries in; without one they are unpacked anew by each process, unless
     *     {@code onnxruntime.native.path} names a folder where they lie already
     */
    public static void prepare(Optional<Path> cache) {
        System.setProperty("ai.djl.offline", "true");
        System.setProperty("OPT_OUT_TRACKING", "true");
        System.setProperty("ai.djl.onnx.disable_alternative", "true");
        // Sessions have threads of their own; DJL would start a second pool, one thread for each core.
        System.setProperty("ai.djl.onnxruntime.num_threads", "1");
        System.setProperty("ai.djl.onnxruntime.num_interop_threads", "1");
        cache.ifPresent(folder -> {
            System.setProperty("DJL_CACHE_DIR", folder.resolve("djl").toString());
            System.setProperty("jna.tmpdir", folder.toString());
            if (System.getProperty(NATIVES) == null) {
                OnnxNatives.unpack(folder).ifPresent(natives -> System.setProperty(NATIVES, natives.toString()));
            }
        });
    }

    /** How many GPUs this build of ONNX Runtime can use; why a build for GPUs finds none is logged. */
    public static int gpus() {
        if (!OrtEnvironment.getAvailableProviders().contains(OrtProvider.CUDA)) {
            return 0;
        }
        int gpus = Engine.getEngine(NAME).getGpuCount();
        if (gpus == 0) {
            LOG.log(Level.INFO, "This build can use NVIDIA GPUs, but finds no driver with CUDA 12 and a GPU.");
            return 0;
        }
        try (var options = new SessionOptions()) {
            options.addCUDA(0);
            return gpus;
        } catch (OrtException e) {
            LOG.log(Level.INFO, "There is a GPU, but CUDA 12 with cuDNN 9 does not work: {0}", e.getMessage());
            return 0;
        }
    }

    /** For sessions beside DJL's. DJL comes first, since it sets the environment's threads and refuses one that is there. */
    public static OrtEnvironment environment() {
        Engine.getEngine(NAME);
        return OrtEnvironment.getEnvironment();
    }

    static String name() {
        return NAME;
    }

    /** For a model that runs on a device with so many threads. */
    public static SessionOptions options(Device device, int threads) throws OrtException {
        var options = new SessionOptions();
        options.setIntraOpNumThreads(threads);
        // Waiting threads sleep: spinning takes the cores from whatever else runs on a small machine.
        options.addConfigEntry("session.intra_op.allow_spinning", "0");
        if (device.isGpu()) {
            options.addCUDA(device.getDeviceId());
        }
        return options;
    }
}
