package dev.memoir.custodian;

import dev.memoir.catalog.Album;
import dev.memoir.catalog.AlbumCatalog;
import dev.memoir.catalog.AlbumDocument;
import dev.memoir.catalog.CatalogCheck;
import dev.memoir.catalog.CatalogCheck.Entry;
import dev.memoir.catalog.FaceCatalog;
import dev.memoir.catalog.FoundSidecar;
import dev.memoir.catalog.IngestCatalog;
import dev.memoir.catalog.KnownKey;
import dev.memoir.custodian.Comparison.Judge;
import dev.memoir.custodian.Comparison.Result;
import dev.memoir.house.Links;
import dev.memoir.people.Decision;
import dev.memoir.sidecars.Sidecars;
import dev.memoir.store.Documents;
import dev.memoir.store.Documents.Document;
import dev.memoir.store.Keys;
import dev.memoir.store.MediaStore;
import dev.memoir.store.StoredObject;
import java.io.IOException;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.sql.DataSource;

/**
 * Reads what people decided out of the bucket, as a rebuild would, and compares it with what the database has of it. Changes
 * nothing. What lies in the bucket alone (accounts, keys, searches, the audit trail) has nothing that it could differ from.
 */
final class DocumentCheck {
    private static final String END = ".json";

    private static final Optional<String> ONLY_HERE = Optional.of("is in the database, and not in the bucket");
    private static final Optional<String> OTHERWISE = Optional.of("is otherwise in the database than in the bucket");
    private static final Optional<String> UNREADABLE = Optional.of("can't be read by this version");

    private final MediaStore store;
    private final String bucket;
    private final Documents documents;
    private final Sidecars sidecars;
    private final DataSource database;
    private final IngestCatalog catalog;
    private final CatalogCheck check;
    private final BiConsumer<String, Long> progress;

    /** @param progress told of which kind how many were compared so far */
    DocumentCheck(MediaStore store, String defaultOwner, DataSource database, BiConsumer<String, Long> progress) {
        this.store = store;
        this.bucket = store.config().originals();
        this.documents = store.documents();
        this.sidecars = new Sidecars(store, defaultOwner);
        this.database = database;
        this.catalog = IngestCatalog.over(database);
        this.check = CatalogCheck.over(database);
        this.progress = progress;
    }

    /** By kind. */
    Map<String, Result> run() throws IOException, InterruptedException {
        Map<String, Result> results = new LinkedHashMap<>();
        results.put("sidecars", sidecars());
        results.put("items", items());
        results.put("albums", albums());
        results.put("people", people());
        results.put("links", links());
        return results;
    }

    private <T> Comparison<T> comparison(String kind, Judge<T> judge) {
        return new Comparison<>(judge, compared -> progress.accept(kind, compared));
    }

    private Result sidecars() throws IOException, InterruptedException {
        Comparison<String> comparison = comparison("sidecars", this::sidecar);
        try (Stream<StoredObject> listing = store.list(bucket, "", "")) {
            Iterator<String> there = listing.map(StoredObject::key)
                    .filter(DocumentCheck::isSidecar)
                    .filter(key -> MediaStore.refusal(key).isEmpty())
                    .iterator();
            Pages<KnownKey> rows =
                    new Pages<>(last -> catalog.keys(bucket, last == null ? "" : last.key(), Pages.SIZE));
            SideBySide.walk(there, key -> key, rows, KnownKey::key, new SideBySide.Visitor<>() {
                @Override
                public void left(String key) {
                    comparison.compare(key);
                }

                @Override
                public void right(KnownKey row) {
                    if (isSidecar(row.key())) {
                        comparison.compare(row.key());
                    }
                }

                @Override
                public void both(String key, KnownKey row) {
                    comparison.compare(key);
                }
            });
        }
        return comparison.confirm();
    }

    private static boolean isSidecar(String key) {
        return Keys.kind(key) == Keys.Kind.SIDECAR;
    }

    private Optional<String> sidecar(String key) {
        Optional<FoundSidecar> found = sidecars.found(bucket, key);
        if (found.isEmpty()) {
            return ONLY_HERE.filter(gone -> catalog.sidecar(bucket, key).isPresent());
        }
        return found.get().problem().or(() -> unless(check.agrees(found.get())));
    }

    private static Optional<String> unless(boolean agrees) {
        return agrees ? Optional.empty() : OTHERWISE;
    }

    /** What no sidecar says would be lost. */
    private Result items() throws InterruptedException {
        Comparison<Entry> comparison = comparison("items", entry -> unless(check.agrees(entry)));
        new Pages<Entry>(last -> check.edited(Optional.ofNullable(last).map(Entry::id), Pages.SIZE))
                .forEachRemaining(comparison::compare);
        return comparison.confirm();
    }

    private Result albums() throws InterruptedException {
        AlbumCatalog albums = AlbumCatalog.over(database);
        return folder(
                "albums",
                Album.FOLDER,
                () -> albums.known().stream().map(UUID::toString),
                document -> check.agrees(AlbumDocument.read(document.key(), document.content())));
    }

    private Result people() throws InterruptedException {
        FaceCatalog faces = FaceCatalog.over(database);
        return folder(
                "people",
                Decision.FOLDER,
                () -> faces.known().stream(),
                document -> check.agrees(Decision.read(document.key(), document.content())));
    }

    private Result links() throws InterruptedException {
        return folder(
                "links",
                Links.FOLDER,
                () -> check.links().stream(),
                document -> check.agrees(
                        Links.known(document).orElseThrow(() -> new IllegalArgumentException("not a link"))));
    }

    /**
     * @param known ids of which there are rows
     * @param agrees throws IllegalArgumentException for what this version does not understand
     */
    private Result folder(String kind, String folder, Supplier<Stream<String>> known, Predicate<Document> agrees)
            throws InterruptedException {
        Comparison<String> comparison = comparison(kind, key -> {
            Optional<Document> document = documents.read(key);
            try {
                return document.isPresent()
                        ? unless(agrees.test(document.get()))
                        : ONLY_HERE.filter(gone -> known.get().anyMatch(id -> key.equals(folder + id + END)));
            } catch (IllegalArgumentException e) {
                return UNREADABLE;
            }
        });
        Set<String> keys = known.get().map(id -> folder + id + END).collect(Collectors.toCollection(TreeSet::new));
        try (Stream<String> there = documents.list(folder)) {
            there.filter(key -> key.endsWith(END)).forEach(keys::add);
        }
        keys.forEach(comparison::compare);
        return comparison.confirm();
    }
}
