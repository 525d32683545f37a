package dev.memoir.operator.reconcile;

import dev.memoir.operator.api.Gpu;
import dev.memoir.operator.api.MemoirInstanceStatus.AiDevice;
import dev.memoir.operator.api.MemoirInstanceStatus.Device;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** On what the AI runs where a GPU is wished for: by what it ran on before, and how long a pod has waited for one. */
final class DeviceChoice {
    /** Nobody tells when a GPU comes back, and nodes on demand only come while a pod asks for one. */
    static final Duration ON_PROCESSORS = Duration.ofHours(1);

    private DeviceChoice() {}

    /**
     * @param before null where nothing is known
     * @param waitingSince since when a pod finds no node; empty when none does
     */
    static AiDevice next(Gpu gpu, AiDevice before, Optional<Instant> waitingSince, Instant now) {
        boolean mayUseProcessors = gpu.whenNone() == Gpu.WhenNone.Cpu;
        if (before != null && before.device() == Device.Cpu) {
            boolean stays = mayUseProcessors
                    && now.isBefore(Instant.parse(before.since()).plus(ON_PROCESSORS));
            return stays ? before : since(Device.Gpu, now);
        }
        Duration patience = Duration.ofMinutes(gpu.patienceMinutes());
        boolean givesUp = mayUseProcessors
                && waitingSince
                        .filter(since -> !now.isBefore(since.plus(patience)))
                        .isPresent();
        if (givesUp) {
            return since(Device.Cpu, now);
        }
        return before == null ? since(Device.Gpu, now) : before;
    }

    private static AiDevice since(Device device, Instant now) {
        return new AiDevice(device, now.truncatedTo(ChronoUnit.SECONDS).toString());
    }
}
