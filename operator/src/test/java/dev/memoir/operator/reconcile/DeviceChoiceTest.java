package dev.memoir.operator.reconcile;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.memoir.operator.api.Gpu;
import dev.memoir.operator.api.MemoirInstanceStatus.AiDevice;
import dev.memoir.operator.api.MemoirInstanceStatus.Device;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DeviceChoiceTest {
    private static final Instant NOON = Instant.parse("2026-11-28T12:00:00Z");
    private static final Gpu ELSE_CPU = gpu(Gpu.WhenNone.Cpu);
    private static final Gpu WAITS = gpu(Gpu.WhenNone.Wait);

    private static Gpu gpu(Gpu.WhenNone whenNone) {
        return new Gpu(1, "nvidia.com/gpu", null, true, whenNone, 10);
    }

    private static AiDevice next(Gpu gpu, AiDevice before, int minutesWithout) {
        Optional<Instant> since =
                minutesWithout == 0 ? Optional.empty() : Optional.of(NOON.minus(Duration.ofMinutes(minutesWithout)));
        return DeviceChoice.next(gpu, before, since, NOON);
    }

    @Test
    void itIsAGpuAsLongAsNobodyWaitsForOneLongerThanAllowed() {
        AiDevice begins = next(ELSE_CPU, null, 0);
        assertEquals(new AiDevice(Device.Gpu, "2026-11-28T12:00:00Z"), begins);
        assertEquals(begins, next(ELSE_CPU, begins, 9));
        assertEquals(new AiDevice(Device.Cpu, "2026-11-28T12:00:00Z"), next(ELSE_CPU, begins, 10));
    }

    @Test
    void whoRatherWaitsWaits() {
        assertEquals(Device.Gpu, next(WAITS, null, 10_000).device());
    }

    @Test
    void afterAnHourOnProcessorsAGpuIsAskedForAgain() {
        AiDevice fresh = new AiDevice(Device.Cpu, "2026-11-28T11:00:01Z");
        assertEquals(fresh, next(ELSE_CPU, fresh, 0));
        AiDevice old = new AiDevice(Device.Cpu, "2026-11-28T11:00:00Z");
        assertEquals(new AiDevice(Device.Gpu, "2026-11-28T12:00:00Z"), next(ELSE_CPU, old, 0));
    }

    @Test
    void aChangedMindCountsAtOnce() {
        assertEquals(
                Device.Gpu,
                next(WAITS, new AiDevice(Device.Cpu, "2026-11-28T11:59:00Z"), 0).device());
    }
}
