package dev.memoir.operator.reconcile;

import dev.memoir.operator.api.MemoirInstance;
import dev.memoir.operator.api.MemoirInstanceStatus;
import dev.memoir.operator.api.MemoirInstanceStatus.AiDevice;
import dev.memoir.operator.api.MemoirInstanceStatus.FunctionState;
import dev.memoir.operator.api.MemoirInstanceStatus.LastSweep;
import dev.memoir.operator.api.MemoirInstanceStatus.State;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.List;
import java.util.Optional;

/**
 * What the status tells besides the phases. What is empty was not looked at or has not answered: what was known before stays.
 *
 * @param device only where a GPU is wished for
 */
record Seen(
        Optional<List<FunctionState>> functions,
        Optional<AiDevice> device,
        Optional<QueueLook.Queue> queue,
        Optional<LastSweep> sweep) {
    static final Seen NOTHING = new Seen(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    /** Then what its pod waits for, and how long, is told by no watch. */
    boolean isWaking() {
        return functions.stream().flatMap(List::stream).anyMatch(function -> function.state() == State.Waking);
    }

    /** @param version of the programs that serve when all is done; empty as long as it isn't */
    MemoirInstanceStatus into(
            MemoirInstance instance, String url, Optional<String> version, List<Condition> conditions) {
        Optional<MemoirInstanceStatus> before = Optional.ofNullable(instance.getStatus());
        boolean wishesForGpu = instance.getSpec().functions().ai().gpu() != null;
        return new MemoirInstanceStatus(
                url,
                version.or(() -> before.map(MemoirInstanceStatus::version)).orElse(null),
                instance.getMetadata().getGeneration(),
                functions.or(() -> before.map(MemoirInstanceStatus::functions)).orElse(List.of()),
                wishesForGpu
                        ? device.or(() -> before.map(MemoirInstanceStatus::aiDevice))
                                .orElse(null)
                        : null,
                queue.map(QueueLook.Queue::lag)
                        .or(() -> before.map(MemoirInstanceStatus::queueLag))
                        .orElse(null),
                queue.map(QueueLook.Queue::dead)
                        .or(() -> before.map(MemoirInstanceStatus::deadLetters))
                        .orElse(null),
                sweep.or(() -> before.map(MemoirInstanceStatus::lastSweep)).orElse(null),
                conditions);
    }
}
