package dev.memoir.models;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * {@code concepts.json} against its sources: WordNet 3.0, the synsets of ImageNet-1k's classes in their order
 * ({@code imagenet-synsets.txt}, as timm lists them) and our list of words. {@code -Dconcepts.write=true} writes it anew.
 */
class ConceptsTest {
    private static final Path FILE = Path.of("src/main/resources/dev/memoir/models/concepts.json");
    private static final List<String> OBJECTS = ((Output.Objects)
                    ModelCatalogue.objects().current().get(Task.OBJECTS).output())
            .names();

    private record Word(String synset, String name, List<String> german) {}

    @Test
    void theFileIsWhatWordNetSays() throws IOException {
        Map<String, List<String>> above = hypernyms();
        List<Word> words = words();
        List<Set<String>> classes = lines("imagenet-synsets.txt")
                .map(line -> upwards(line.substring(1), above))
                .toList();
        assertEquals(1000, classes.size());
        Map<String, Set<String>> objects = words.stream()
                .filter(word -> OBJECTS.contains(word.name()))
                .collect(Collectors.toMap(Word::name, word -> upwards(word.synset(), above)));
        assertEquals(Set.copyOf(OBJECTS), objects.keySet(), "each class of COCO is one of the words");
        String made = words.stream()
                .map(word -> json(word, classes, objects))
                .collect(Collectors.joining(",\n", "[\n", "\n]\n"));
        if (Boolean.getBoolean("concepts.write")) {
            Files.writeString(FILE, made);
        }
        assertEquals(made, Files.readString(FILE), "write it anew: mvn test -pl models -Dconcepts.write=true");
    }

    @Test
    void everyWordHasSomethingBelowIt() {
        for (Concepts.Concept concept : Concepts.load().all()) {
            assertTrue(concept.eachClass().count() + concept.objects().size() > 0, concept.name());
        }
    }

    @Test
    void aTabbyIsACatIsAnAnimal() {
        int tabby = 281;
        assertEquals(
                List.of("animal", "mammal", "cat"),
                Concepts.load().all().stream()
                        .filter(concept -> concept.eachClass().anyMatch(one -> one == tabby))
                        .map(Concepts.Concept::name)
                        .toList());
    }

    @Test
    void anObjectIsItselfAndWhatIsAboveIt() {
        assertEquals(
                List.of("vehicle", "car"),
                Concepts.load().ofObject("car").stream()
                        .map(Concepts.Concept::name)
                        .toList());
        assertEquals(List.of(), Concepts.load().ofObject("nonsense"));
    }

    @Test
    void aLabelIsFoundByGermanWords() {
        assertEquals(List.of("Hund"), Concepts.load().words("dog"));
        assertEquals(List.of(), Concepts.load().words("tabby cat"));
    }

    private static String json(Word word, List<Set<String>> classes, Map<String, Set<String>> objects) {
        List<Integer> below = IntStream.range(0, classes.size())
                .filter(i -> classes.get(i).contains(word.synset()))
                .boxed()
                .toList();
        List<String> things = OBJECTS.stream()
                .filter(name -> objects.get(name).contains(word.synset()))
                .toList();
        return "{\"name\": \"%s\", \"words\": %s, \"classes\": %s, \"objects\": %s}"
                .formatted(word.name(), quoted(word.german()), runs(below), quoted(things));
    }

    private static String quoted(List<String> texts) {
        return texts.stream().map(text -> '"' + text + '"').collect(Collectors.joining(", ", "[", "]"));
    }

    private static List<List<Integer>> runs(List<Integer> numbers) {
        List<List<Integer>> runs = new ArrayList<>();
        for (int number : numbers) {
            boolean goesOn = !runs.isEmpty() && runs.getLast().getLast() == number - 1;
            int first = goesOn ? runs.removeLast().getFirst() : number;
            runs.add(List.of(first, number));
        }
        return runs;
    }

    private static Set<String> upwards(String synset, Map<String, List<String>> above) {
        Set<String> all = new HashSet<>();
        List<String> next = new ArrayList<>(List.of(synset));
        while (!next.isEmpty()) {
            String one = next.removeLast();
            assertTrue(above.containsKey(one), "WordNet has no noun " + one);
            if (all.add(one)) {
                next.addAll(above.get(one));
            }
        }
        return all;
    }

    /**
     * What lies directly above each noun. A line of {@code data.noun} (wndb(5WN)): offset, file, type, number of words in
     * hexadecimal, each with a sense; number of pointers, each with symbol, offset, type and places. {@code @} and {@code @i}
     * point upwards.
     */
    private static Map<String, List<String>> hypernyms() throws IOException {
        Map<String, List<String>> above = new HashMap<>();
        try (var lines = reader("/net/sf/extjwnl/data/wordnet/wn30/data.noun")) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                String[] fields = line.split(" ");
                if (line.startsWith(" ")) {
                    continue;
                }
                int pointers = 4 + 2 * Integer.parseInt(fields[3], 16);
                List<String> direct = new ArrayList<>();
                for (int i = 0; i < Integer.parseInt(fields[pointers]); i++) {
                    int at = pointers + 1 + 4 * i;
                    if (fields[at].equals("@") || fields[at].equals("@i")) {
                        direct.add(fields[at + 1]);
                    }
                }
                above.put(fields[0], direct);
            }
        }
        return above;
    }

    private static List<Word> words() {
        return lines("concepts.tsv")
                .filter(line -> !line.startsWith("#"))
                .map(line -> line.split("\t"))
                .map(fields -> new Word(fields[0], fields[1], List.of(fields[2].split(","))))
                .toList();
    }

    private static java.util.stream.Stream<String> lines(String resource) {
        return reader(resource).lines();
    }

    private static BufferedReader reader(String resource) {
        return new BufferedReader(
                new InputStreamReader(ConceptsTest.class.getResourceAsStream(resource), StandardCharsets.UTF_8));
    }
}
