package dev.memoir.custodian;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongConsumer;

/**
 * Things of one kind that are in the bucket and in the database, compared one by one. What differs may just be on its way from one
 * to the other, so it is looked at once more before it counts.
 *
 * @param <T> what they are told apart by
 */
final class Comparison<T> {
    /** More differences would say nothing new. */
    static final int MOST = 1000;

    /** For what is on its way. */
    private static final Duration PAUSE = Duration.ofSeconds(2);

    private static final int STEP = 500;

    private final Judge<T> judge;
    private final LongConsumer progress;
    private final List<T> suspects = new ArrayList<>();
    private long compared;

    /** @param progress told how many were compared so far, now and then */
    Comparison(Judge<T> judge, LongConsumer progress) {
        this.judge = judge;
        this.progress = progress;
    }

    /** Compares one of them. */
    interface Judge<T> {
        /** @return how it differs, for people; empty when it does not */
        Optional<String> differs(T one);
    }

    /**
     * @param compared how many; where {@link #MOST} differ, no more are
     * @param differing which differ, and how
     */
    record Result(long compared, Map<String, String> differing) {}

    void compare(T one) {
        if (suspects.size() == MOST) {
            return;
        }
        if (judge.differs(one).isPresent()) {
            suspects.add(one);
        }
        compared++;
        if (compared % STEP == 0) {
            progress.accept(compared);
        }
    }

    Result confirm() throws InterruptedException {
        Map<String, String> differing = new LinkedHashMap<>();
        if (!suspects.isEmpty()) {
            Thread.sleep(PAUSE);
        }
        suspects.forEach(one -> judge.differs(one).ifPresent(how -> differing.put(one.toString(), how)));
        return new Result(compared, differing);
    }
}
