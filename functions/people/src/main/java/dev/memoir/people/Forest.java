package dev.memoir.people;

/** Disjoint sets (union-find with path halving); a set is named by its least member. */
final class Forest {
    private final int[] parents;

    Forest(int size) {
        parents = new int[size];
        for (int i = 0; i < size; i++) {
            parents[i] = i;
        }
    }

    int find(int member) {
        int at = member;
        while (parents[at] != at) {
            parents[at] = parents[parents[at]];
            at = parents[at];
        }
        return at;
    }

    /** @return whether they were apart */
    boolean join(int one, int other) {
        int a = find(one);
        int b = find(other);
        if (a == b) {
            return false;
        }
        parents[Math.max(a, b)] = Math.min(a, b);
        return true;
    }
}
