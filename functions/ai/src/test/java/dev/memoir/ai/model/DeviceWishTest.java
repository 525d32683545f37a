package dev.memoir.ai.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Device;
import org.junit.jupiter.api.Test;

class DeviceWishTest {

    @Test
    void autoTakesTheGpuWhereThereIsOne() {
        assertEquals(Device.gpu(0), DeviceWish.parse("auto").choose(() -> 2));
        assertEquals(Device.cpu(), DeviceWish.parse("auto").choose(() -> 0));
    }

    @Test
    void cpuDoesNotEvenAskForGpus() {
        assertEquals(Device.cpu(), DeviceWish.parse("CPU").choose(() -> {
            throw new AssertionError("asked");
        }));
    }

    @Test
    void cudaWithoutAGpuFailsAndSaysWhatToDo() {
        assertEquals(Device.gpu(0), DeviceWish.parse("cuda").choose(() -> 1));
        var failure = assertThrows(
                IllegalStateException.class, () -> DeviceWish.parse("cuda").choose(() -> 0));
        assertTrue(failure.getMessage().contains("MEMOIR_AI_DEVICE=auto"), failure.getMessage());
    }

    @Test
    void anythingElseIsRefused() {
        var refused = assertThrows(IllegalArgumentException.class, () -> DeviceWish.parse("tpu"));
        assertTrue(refused.getMessage().contains("auto, cpu or cuda"), refused.getMessage());
    }

    @Test
    void theBuildForCpusHasNoGpus() {
        assertEquals(0, OnnxEngine.gpus());
    }
}
