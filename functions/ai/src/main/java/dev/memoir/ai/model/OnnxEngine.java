package dev.memoir.ai.model;

import ai.djl.engine.Engine;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtProvider;
import java.nio.file.Path;
import java.util.Optional;

/** ONNX Runtime under DJL, made ready: no network, nothing in the home folder, native libraries unpacked once. */
public final class OnnxEngine {
    private static final String NAME = "OnnxRuntime";

    private OnnxEngine() {}

    /**
     * To be called before anything of DJL or ONNX Runtime is.
     *
     * @param cache folder to keep native libraries in; without one they are unpacked anew by each process
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
            OnnxNatives.unpack(folder)
                    .ifPresent(natives -> System.setProperty("onnxruntime.native.path", natives.toString()));
        });
    }

    /** How many GPUs this build of ONNX Runtime can use. */
    public static int gpus() {
        boolean built = OrtEnvironment.getAvailableProviders().contains(OrtProvider.CUDA);
        return built ? Engine.getEngine(NAME).getGpuCount() : 0;
    }

    /** For sessions beside DJL's. DJL comes first, since it sets the environment's threads and refuses one that is there. */
    public static OrtEnvironment environment() {
        Engine.getEngine(NAME);
        return OrtEnvironment.getEnvironment();
    }

    static String name() {
        return NAME;
    }
}
