package dev.memoir.models;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The words that people search by, and which classes of the models lie below each: a tabby is a cat, and a cat is an animal.
 * Out of {@code concepts.json}, which a test makes of WordNet 3.0 and a list of words.
 */
public final class Concepts {
    private static final String FILE = "concepts.json";

    private final List<Concept> all;
    private final Map<String, Concept> named;

    private Concepts(List<Concept> all) {
        this.all = List.copyOf(all);
        this.named = all.stream().collect(Collectors.toUnmodifiableMap(Concept::name, Function.identity()));
    }

    /** Holds the words once, for who needs them for single labels. */
    private static final class Loaded {
        private static final Concepts CONCEPTS = read();
    }

    /**
     * One of the words.
     *
     * @param name in English, as labels show it
     * @param words others that it is found by, in German
     * @param classes those of ImageNet-1k below it, as runs: the first and the last of each, counted from 0
     * @param objects those of COCO below it
     */
    public record Concept(String name, List<String> words, List<List<Integer>> classes, List<String> objects) {
        public Concept {
            words = List.copyOf(words);
            classes = List.copyOf(classes);
            objects = List.copyOf(objects);
        }

        /** The classes one by one. */
        public IntStream eachClass() {
            return classes.stream().flatMapToInt(run -> IntStream.rangeClosed(run.getFirst(), run.getLast()));
        }
    }

    public static Concepts load() {
        return Loaded.CONCEPTS;
    }

    public List<Concept> all() {
        return all;
    }

    /** Those that an object of this class is, itself among them when it is one. */
    public List<Concept> ofObject(String name) {
        return all.stream().filter(concept -> concept.objects().contains(name)).toList();
    }

    /** Other words by which a label of this name is found. */
    public List<String> words(String name) {
        Concept concept = named.get(name);
        return concept == null ? List.of() : concept.words();
    }

    private static Concepts read() {
        try (InputStream json = Concepts.class.getResourceAsStream(FILE)) {
            return new Concepts(List.of(new ObjectMapper().readValue(json, Concept[].class)));
        } catch (IOException e) {
            throw new UncheckedIOException("the built-in " + FILE + " can't be read", e);
        }
    }
}
