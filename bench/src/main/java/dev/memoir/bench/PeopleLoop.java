package dev.memoir.bench;

import dev.memoir.media.Sha256;
import dev.memoir.people.Crowd;
import dev.memoir.people.Decided;
import dev.memoir.people.Distances;
import dev.memoir.people.FaceRef;
import dev.memoir.people.FaceSet;
import dev.memoir.people.Grouping;
import dev.memoir.people.Region;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.UUID;

/**
 * The work of {@link People}: {@code group|assign FACES TIMES}. Made-up faces that lie as dlib's do: those of different people some 0.9
 * apart, those of one person some 0.35; a few people have most of them, as in a family's library.
 */
final class PeopleLoop {
    private static final int FAMILY = 30;
    private static final double OF_FAMILY = 0.7;
    private static final double BETWEEN_PEOPLE = 0.63;
    private static final double WITHIN_A_PERSON = 0.25;

    private PeopleLoop() {}

    public static void main(String[] arguments) throws Exception {
        int faces = Integer.parseInt(arguments[1]);
        int times = Integer.parseInt(arguments[2]);
        int[] persons = new int[faces];
        FaceSet made = made(persons);
        if (arguments[0].equals("group")) {
            List<FaceRef> refs = refs(faces);
            Loop.print(times, () -> Grouping.of(made, refs, Decided.of(List.of())));
        } else {
            var crowd = new Crowd();
            for (int i = 0; i < faces; i++) {
                crowd.add(embedding(made, i), new UUID(0, persons[i]));
            }
            var chosen = new Random(2);
            Loop.print(times, () -> crowd.personOf(embedding(made, chosen.nextInt(faces))));
        }
    }

    private static float[] embedding(FaceSet faces, int at) {
        return Arrays.copyOfRange(faces.embeddings(), at * Distances.SIZE, (at + 1) * Distances.SIZE);
    }

    /** @param persons is filled with who they are */
    private static FaceSet made(int[] persons) {
        int faces = persons.length;
        Random random = new Random(1);
        int people = FAMILY + faces / 10;
        UUID[] ids = new UUID[faces];
        boolean[] usable = new boolean[faces];
        float[] embeddings = new float[faces * Distances.SIZE];
        Arrays.fill(usable, true);
        for (int i = 0; i < faces; i++) {
            ids[i] = new UUID(i, 0);
            boolean family = random.nextDouble() < OF_FAMILY;
            persons[i] = family ? random.nextInt(FAMILY) : FAMILY + random.nextInt(people - FAMILY);
            add(embeddings, i, new Random(persons[i]), BETWEEN_PEOPLE);
            add(embeddings, i, random, WITHIN_A_PERSON);
        }
        return new FaceSet(ids, embeddings, usable);
    }

    /** A step of that length in some direction. */
    private static void add(float[] embeddings, int face, Random random, double length) {
        double each = length / Math.sqrt(Distances.SIZE);
        for (int d = 0; d < Distances.SIZE; d++) {
            embeddings[face * Distances.SIZE + d] += (float) (random.nextGaussian() * each);
        }
    }

    private static List<FaceRef> refs(int faces) {
        List<FaceRef> refs = new ArrayList<>();
        for (int i = 0; i < faces; i++) {
            refs.add(new FaceRef(new Sha256(String.format("%064x", i)), new Region(0, 0, 1, 1)));
        }
        return refs;
    }
}
