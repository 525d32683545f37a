package dev.memoir.custodian;

import dev.memoir.catalog.FaceCatalog;
import dev.memoir.media.Sha256;
import dev.memoir.people.Decided;
import dev.memoir.people.Decision;
import dev.memoir.people.FaceRef;
import dev.memoir.store.Keys;
import dev.memoir.store.MediaStore;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Carries through that people are not to be recognised, in everybody's photos: whoever decided it may not see all of them. May
 * be repeated, and brings to its end what was interrupted.
 */
final class Forgetting {
    private final MediaStore store;
    private final FaceCatalog catalog;

    Forgetting(MediaStore store, FaceCatalog catalog) {
        this.store = store;
        this.catalog = catalog;
    }

    /**
     * @param faces rows that were removed
     * @param pictures versions of cut-out faces that were removed
     */
    record Done(long faces, long pictures) {}

    /** What somebody decides meanwhile must not be overwritten by what was known before. */
    Done run() {
        long faces = 0;
        long pictures = 0;
        Set<String> before;
        do {
            before = catalog.known();
            Done done = once();
            faces += done.faces();
            pictures += done.pictures();
        } while (!catalog.known().equals(before));
        return new Done(faces, pictures);
    }

    private Done once() {
        Decided decided = Decided.of(catalog.decisions());
        decided.forgotten().forEach((person, decision) -> keepOthers(person, decision, decided));
        Set<FaceRef> unrecognised = Decided.of(catalog.decisions()).unrecognised();
        long faces = catalog.settle(unrecognised);
        long pictures = unrecognised.stream().map(FaceRef::asset).collect(Collectors.toSet()).stream()
                .mapToLong(this::erasePictures)
                .sum();
        return new Done(faces, pictures);
    }

    /** The places of faces that the decision's maker did not see are kept as it is, so that they are known after a rebuild. */
    private void keepOthers(UUID person, String decision, Decided decided) {
        Map<Sha256, List<FaceRef>> named =
                decided.unrecognised().stream().collect(Collectors.groupingBy(FaceRef::asset));
        List<FaceRef> others = catalog.facesOf(person).stream()
                .filter(face ->
                        named.getOrDefault(face.asset(), List.of()).stream().noneMatch(face::meets))
                .toList();
        if (others.isEmpty()) {
            return;
        }
        Decision more = Decision.of(
                Instant.now(), UUID.randomUUID(), "custodian", new Decision.Forget(person, others, decision));
        store.put(
                store.config().originals(),
                more.key(),
                more.json().getBytes(StandardCharsets.UTF_8),
                "application/json");
        catalog.learn(List.of(more));
    }

    private long erasePictures(Sha256 asset) {
        Set<String> kept = catalog.faces(asset).stream()
                .map(face -> Keys.face(asset, face))
                .collect(Collectors.toSet());
        return store.erase(store.config().derived(), Keys.faces(asset), key -> !kept.contains(key));
    }
}
