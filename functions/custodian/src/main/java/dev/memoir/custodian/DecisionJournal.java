package dev.memoir.custodian;

import dev.memoir.catalog.FaceCatalog;
import dev.memoir.people.Decision;
import dev.memoir.store.MediaStore;
import dev.memoir.store.StoredObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** People's decisions in the bucket of originals, each an object of its own. */
final class DecisionJournal {
    /** Some hundred thousand faces named in one decision. */
    private static final int MOST_BYTES = 32 << 20;

    private static final String END = ".json";

    private final MediaStore store;
    private final String bucket;
    private final FaceCatalog catalog;

    DecisionJournal(MediaStore store, String bucket, FaceCatalog catalog) {
        this.store = store;
        this.bucket = bucket;
        this.catalog = catalog;
    }

    /**
     * @param learnt how many the catalog did not know
     * @param unreadable keys of what is no decision that this version understands; they are left where they are
     */
    record Read(int learnt, List<String> unreadable) {}

    /** Tells the catalog of those that it does not know: all of them after a rebuild. */
    Read readBack() throws IOException {
        Set<String> known = catalog.known();
        List<String> unknown;
        try (Stream<StoredObject> there = store.list(bucket, Decision.FOLDER, "")) {
            unknown = there.map(StoredObject::key)
                    .filter(key -> !known.contains(id(key)))
                    .toList();
        }
        List<Decision> learnt = new ArrayList<>();
        List<String> unreadable = new ArrayList<>();
        for (String key : unknown) {
            read(key).ifPresentOrElse(learnt::add, () -> unreadable.add(key));
        }
        catalog.learn(learnt);
        return new Read(learnt.size(), unreadable);
    }

    private static String id(String key) {
        return key.endsWith(END) ? key.substring(Decision.FOLDER.length(), key.length() - END.length()) : key;
    }

    private Optional<Decision> read(String key) throws IOException {
        try (var content = store.read(bucket, key, Optional.empty()).orElse(null)) {
            if (content == null) {
                return Optional.empty();
            }
            return Optional.of(Decision.read(key, content.bytes().readNBytes(MOST_BYTES)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
