package dev.memoir.ai.model;

import ai.djl.Device;
import java.util.Locale;
import java.util.function.IntSupplier;

/** On what models shall run: {@code MEMOIR_AI_DEVICE}. */
public enum DeviceWish {
    /** On a GPU when there is one. */
    AUTO,
    CPU,
    /** On a GPU, or not at all. */
    CUDA;

    /** @throws IllegalArgumentException when it is none of the three */
    public static DeviceWish parse(String wish) {
        try {
            return valueOf(wish.strip().toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("MEMOIR_AI_DEVICE is auto, cpu or cuda, not: " + wish, e);
        }
    }

    /**
     * @param gpus how many GPUs this build can use; only asked when it matters
     * @throws IllegalStateException when a GPU is demanded and there is none
     */
    public Device choose(IntSupplier gpus) {
        return switch (this) {
            case CPU -> Device.cpu();
            case AUTO -> gpus.getAsInt() > 0 ? Device.gpu(0) : Device.cpu();
            case CUDA -> {
                if (gpus.getAsInt() == 0) {
                    throw new IllegalStateException(
                            "MEMOIR_AI_DEVICE=cuda, but no GPU can be used: that takes the build"
                                    + " with -Pcuda, an NVIDIA driver and CUDA 12 with cuDNN 9; or set MEMOIR_AI_DEVICE=auto");
                }
                yield Device.gpu(0);
            }
        };
    }
}
