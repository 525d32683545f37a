package dev.memoir.ai;

import ai.djl.Device;
import dev.memoir.ai.model.DeviceWish;
import dev.memoir.ai.model.ModelFolder;
import dev.memoir.ai.model.OnnxEngine;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Where models are and on what they run, for programs that look at files without a store: out of the environment. */
record LocalModels(ModelFolder folder, Device device) {

    /**
     * Models come from {@code MEMOIR_MODELS_DIR} (filled by {@code convert.py}) or {@code MEMOIR_MODELS_CACHE} (filled by
     * the function), where native libraries are unpacked as well; {@code MEMOIR_AI_DEVICE} says on what they run.
     *
     * @throws IllegalArgumentException when none of the folders is named
     */
    static LocalModels of(Map<String, String> environment) {
        Optional<Path> cache =
                Optional.ofNullable(environment.get("MEMOIR_MODELS_CACHE")).map(Path::of);
        Path folder = Optional.ofNullable(environment.get("MEMOIR_MODELS_DIR"))
                .map(Path::of)
                .or(() -> cache)
                .orElseThrow(() -> new IllegalArgumentException(
                        "set MEMOIR_MODELS_DIR to the folder that models/convert.py filled"));
        OnnxEngine.prepare(cache);
        return new LocalModels(
                ModelFolder.filled(folder),
                DeviceWish.parse(environment.getOrDefault("MEMOIR_AI_DEVICE", "auto"))
                        .choose(OnnxEngine::gpus));
    }
}
