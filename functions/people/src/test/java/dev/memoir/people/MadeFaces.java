package dev.memoir.people;

import dev.memoir.media.Sha256;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;

/**
 * Made-up faces that lie to each other as dlib's do: those of different people 0.8 to 1.0 apart, those of one person 0.2 to 0.45.
 */
final class MadeFaces {
    record Made(UUID id, float[] embedding, int who, FaceRef ref, boolean usable) {}

    private final List<Made> all = new ArrayList<>();
    private final Random random;

    MadeFaces(long seed) {
        random = new Random(seed);
    }

    /** @param spread mean distance of a face from the person's middle */
    MadeFaces person(int who, int faces, double spread) {
        float[] middle = direction(who * 7919L, 0.63);
        for (int i = 0; i < faces; i++) {
            add(who, moved(middle, direction(random.nextLong(), spread)), true);
        }
        return this;
    }

    /** A face somewhere between two people. */
    MadeFaces between(int who, int other, double part) {
        float[] a = direction(who * 7919L, 0.63 * (1 - part));
        add(who, moved(a, direction(other * 7919L, 0.63 * part)), true);
        return this;
    }

    MadeFaces add(int who, float[] embedding, boolean usable) {
        byte[] hash = new byte[32];
        random.nextBytes(hash);
        FaceRef ref = new FaceRef(new Sha256(HexFormat.of().formatHex(hash)), new Region(0.4, 0.3, 0.2, 0.2));
        all.add(new Made(new UUID(random.nextLong(), random.nextLong()), embedding, who, ref, usable));
        return this;
    }

    List<Made> all() {
        return all;
    }

    List<Made> of(int who) {
        return all.stream().filter(face -> face.who() == who).toList();
    }

    /** Groups the faces, having come in this order; what is given back is in the order of {@link #all}. */
    List<UUID> persons(Decided decided, long order) {
        List<Made> came = new ArrayList<>(all);
        Collections.shuffle(came, new Random(order));
        came.sort(Comparator.comparing(Made::id));
        UUID[] persons = Grouping.of(set(came), came.stream().map(Made::ref).toList(), decided);
        return all.stream().map(face -> persons[came.indexOf(face)]).toList();
    }

    List<UUID> persons() {
        return persons(Decided.of(List.of()), 0);
    }

    UUID personOf(Made face, Decided decided) {
        return persons(decided, 0).get(all.indexOf(face));
    }

    static FaceSet set(List<Made> sorted) {
        float[] embeddings = new float[sorted.size() * Distances.SIZE];
        boolean[] usable = new boolean[sorted.size()];
        for (int i = 0; i < sorted.size(); i++) {
            System.arraycopy(sorted.get(i).embedding(), 0, embeddings, i * Distances.SIZE, Distances.SIZE);
            usable[i] = sorted.get(i).usable();
        }
        return new FaceSet(sorted.stream().map(Made::id).toArray(UUID[]::new), embeddings, usable);
    }

    static float[] direction(long seed, double length) {
        Random random = new Random(seed * 31 + 7);
        double[] made = IntStream.range(0, Distances.SIZE)
                .mapToDouble(i -> random.nextGaussian())
                .toArray();
        double norm = Math.sqrt(Arrays.stream(made).map(d -> d * d).sum());
        float[] direction = new float[Distances.SIZE];
        for (int i = 0; i < made.length; i++) {
            direction[i] = (float) (made[i] / norm * length);
        }
        return direction;
    }

    private static float[] moved(float[] from, float[] by) {
        float[] moved = new float[from.length];
        for (int i = 0; i < from.length; i++) {
            moved[i] = from[i] + by[i];
        }
        return moved;
    }
}
