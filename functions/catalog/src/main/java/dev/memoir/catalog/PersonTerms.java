package dev.memoir.catalog;

import dev.memoir.media.Sha256;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** What an item is found by because of the people in it. */
final class PersonTerms {
    private PersonTerms() {}

    /** A person in a picture. */
    record Seen(UUID person, Optional<String> name) {}

    static SortedSet<String> of(Collection<Seen> people) {
        SortedSet<String> terms = new TreeSet<>();
        for (Seen seen : people) {
            terms.add(new Term(Term.Kind.PERSON, seen.person().toString()).text());
            seen.name()
                    .map(Words::of)
                    .ifPresent(words -> words.forEach(word -> terms.add(new Term(Term.Kind.PERSON_WORD, word).text())));
        }
        return terms;
    }

    static boolean is(String term) {
        Term.Kind kind = Term.parse(term).kind();
        return kind == Term.Kind.PERSON || kind == Term.Kind.PERSON_WORD;
    }

    /** Who is seen where. */
    static Map<Sha256, List<Seen>> seen(Handle handle, Collection<Sha256> assets) {
        Map<Sha256, List<Seen>> seen = new HashMap<>();
        handle.createQuery(
                        "SELECT DISTINCT f.sha256, f.person, p.name FROM face f LEFT JOIN person p ON p.id = f.person"
                                + " WHERE f.sha256 = ANY(:assets) AND f.person IS NOT NULL")
                .bind("assets", assets.stream().map(Sha256::bytes).toArray(byte[][]::new))
                .map((row, context) -> Map.entry(
                        Sha256.of(row.getBytes("sha256")),
                        new Seen(row.getObject("person", UUID.class), AssetRow.text(row, "name"))))
                .forEach(entry -> seen.computeIfAbsent(entry.getKey(), a -> new ArrayList<>())
                        .add(entry.getValue()));
        return seen;
    }
}
