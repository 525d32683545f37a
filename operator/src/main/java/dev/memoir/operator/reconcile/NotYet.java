package dev.memoir.operator.reconcile;

import dev.memoir.operator.api.MemoirInstanceSpec;
import java.util.ArrayList;
import java.util.List;

/** Wishes that the definition knows and this version does not fulfil: said aloud, since one without effect misleads. */
final class NotYet {
    private NotYet() {}

    /** @return their paths in the spec */
    static List<String> wishedFor(MemoirInstanceSpec spec) {
        List<String> wishes = new ArrayList<>();
        add(wishes, isGiven(spec.maintenance().verify()), "maintenance.verify");
        add(wishes, isGiven(spec.maintenance().snapshot()), "maintenance.snapshot");
        return wishes;
    }

    private static boolean isGiven(String text) {
        return text != null && !text.isEmpty();
    }

    private static void add(List<String> wishes, boolean wished, String path) {
        if (wished) {
            wishes.add(path);
        }
    }
}
