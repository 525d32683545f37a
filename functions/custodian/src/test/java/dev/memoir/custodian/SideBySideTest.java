package dev.memoir.custodian;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class SideBySideTest {
    private static final Comparator<String> BYTES =
            Comparator.comparing(s -> s.getBytes(StandardCharsets.UTF_8), Arrays::compareUnsigned);

    @Test
    void everyKeyIsVisitedOnceInOrderOnTheSideWhereItIs() throws Exception {
        assertEquals(List.of("left a", "both b", "right c", "left d"), walk(List.of("a", "b", "d"), List.of("b", "c")));
        assertEquals(List.of(), walk(List.of(), List.of()));
        assertEquals(List.of("right a"), walk(List.of(), List.of("a")));
        assertEquals(List.of("left a"), walk(List.of("a"), List.of()));
    }

    @Test
    void theOrderIsThatOfUtf8BytesWhichIsNotThatOfJavaStrings() throws Exception {
        // U+FF21 comes after U+1F600 as UTF-16, before it as UTF-8.
        assertEquals(
                List.of("both \uff21", "right \uff22", "both \ud83d\ude00"),
                walk(List.of("\uff21", "\ud83d\ude00"), List.of("\uff21", "\uff22", "\ud83d\ude00")));
    }

    @Test
    void agreesWithSetsOnRandomKeys() throws Exception {
        Random random = new Random(3);
        for (int round = 0; round < 200; round++) {
            TreeSet<String> left = keys(random);
            TreeSet<String> right = keys(random);
            TreeSet<String> all = new TreeSet<>(BYTES);
            all.addAll(left);
            all.addAll(right);
            List<String> expected = all.stream()
                    .map(k -> (!right.contains(k) ? "left " : left.contains(k) ? "both " : "right ") + k)
                    .toList();

            assertEquals(expected, walk(List.copyOf(left), List.copyOf(right)));
        }
    }

    @Test
    void aSideOutOfOrderStopsTheWalkSinceKeysWouldBeCalledGoneThatAreNot() {
        assertThrows(IllegalStateException.class, () -> walk(List.of("b", "a"), List.of("a", "b")));
    }

    private static TreeSet<String> keys(Random random) {
        TreeSet<String> keys = new TreeSet<>(BYTES);
        for (int i = random.nextInt(20); i > 0; i--) {
            keys.add(random.ints(1 + random.nextInt(3), 0, 6)
                    .mapToObj(c -> List.of("a", "/", ".", "é", "\uff21", "\ud83d\ude00")
                            .get(c))
                    .reduce("", String::concat));
        }
        return keys;
    }

    private static List<String> walk(List<String> left, List<String> right) throws Exception {
        List<String> visited = new ArrayList<>();
        SideBySide.walk(
                left.iterator(),
                Function.identity(),
                right.iterator(),
                Function.identity(),
                new SideBySide.Visitor<String, String>() {
                    @Override
                    public void left(String key) {
                        visited.add("left " + key);
                    }

                    @Override
                    public void right(String key) {
                        visited.add("right " + key);
                    }

                    @Override
                    public void both(String key, String same) {
                        visited.add("both " + key);
                    }
                });
        return visited;
    }
}
