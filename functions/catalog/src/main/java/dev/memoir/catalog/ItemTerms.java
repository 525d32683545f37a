package dev.memoir.catalog;

import dev.memoir.media.AssetState;
import dev.memoir.media.Edits;
import dev.memoir.media.Facts;
import dev.memoir.media.Label;
import dev.memoir.models.Concepts;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedSet;
import java.util.TreeSet;

/** Works out what an item is found by. */
final class ItemTerms {
    /** More words than this are the text of a document, not of a picture. */
    private static final int MOST_WORDS = 100;

    private ItemTerms() {}

    /**
     * What of an item people search by.
     *
     * @param facts as they are told: what was edited wins
     * @param written title and description
     * @param fileNames of the item's current objects
     */
    record Searchable(
            Facts facts,
            AssetState state,
            Instant sortTime,
            Edits edits,
            List<String> written,
            Collection<String> fileNames,
            List<Label> labels,
            OptionalDouble nsfw) {}

    /** @return the texts of the terms, sorted, so that all writers lock rows in one order */
    static SortedSet<String> of(Searchable item) {
        SortedSet<String> terms = new TreeSet<>();
        Facts facts = item.facts();
        words(item).forEach(word -> add(terms, Term.Kind.WORD, word));
        item.labels().forEach(label -> add(terms, Term.Kind.LABEL, label.name()));
        cameraName(facts.camera()).ifPresent(camera -> add(terms, Term.Kind.CAMERA, camera));
        add(terms, Term.Kind.MEDIA_TYPE, facts.mediaType());
        add(terms, Term.Kind.MEDIA_KIND, facts.kind().name().toLowerCase(Locale.ROOT));
        add(terms, Term.Kind.YEAR, String.valueOf(wallClock(item).getYear()));
        item.nsfw().ifPresent(score -> add(terms, Term.Kind.NSFW, nsfwBand(score)));
        add(terms, Term.Kind.STATE, item.state().wireName());
        facts.rating().ifPresent(stars -> add(terms, Term.Kind.RATING, String.valueOf(stars)));
        if (item.edits().favourite()) {
            add(terms, Term.Kind.MARK, Term.FAVOURITE);
        }
        if (item.edits().archived()) {
            add(terms, Term.Kind.MARK, Term.ARCHIVED);
        }
        facts.location()
                .map(GeoCell::around)
                .orElse(List.of())
                .forEach(cell -> add(terms, Term.Kind.CELL, cell.text()));
        return terms;
    }

    /** The tenth of the NSFW score, {@code 0} to {@code 9}; exactly 1 belongs to {@code 9}. */
    static String nsfwBand(double score) {
        return String.valueOf(Math.clamp((long) Math.floor(score * 10), 0, 9));
    }

    /** Maker and model, the maker only once: {@code Apple iPhone 15}, {@code Canon EOS R5}. */
    static Optional<String> cameraName(Facts.Camera camera) {
        if (camera.model().isEmpty()) {
            return camera.make();
        }
        String model = camera.model().get();
        return camera.make()
                .filter(make -> !model.toLowerCase(Locale.ROOT).startsWith(firstWord(make)))
                .map(make -> make + " " + model)
                .or(camera::model);
    }

    private static String firstWord(String text) {
        return text.toLowerCase(Locale.ROOT).split(" ", 2)[0];
    }

    private static Collection<String> words(Searchable item) {
        List<String> texts = new ArrayList<>(item.written());
        texts.addAll(item.facts().keywords());
        item.labels().forEach(label -> {
            texts.add(label.name());
            texts.addAll(Concepts.load().words(label.name()));
        });
        cameraName(item.facts().camera()).ifPresent(texts::add);
        item.facts().camera().lens().ifPresent(texts::add);
        texts.addAll(item.fileNames());
        return Words.of(String.join(" ", texts)).stream().limit(MOST_WORDS).toList();
    }

    private static LocalDateTime wallClock(Searchable item) {
        return item.facts()
                .takenAt()
                .map(taken -> taken.local())
                .orElseGet(() -> LocalDateTime.ofInstant(item.sortTime(), ZoneOffset.UTC));
    }

    private static void add(SortedSet<String> terms, Term.Kind kind, String value) {
        if (!value.isBlank()) {
            terms.add(new Term(kind, value).text());
        }
    }
}
