package dev.memoir.catalog;

import dev.memoir.media.Claims;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Puts items into the trash and takes them out as the API does: by what their sidecars say. */
final class TrashCan {
    private TrashCan() {}

    static void put(Library library, Claims who, UUID id) {
        say(library, who, id, Optional.of(Samples.UPLOADED));
    }

    static void takeOut(Library library, Claims who, UUID id) {
        say(library, who, id, Optional.empty());
    }

    private static void say(Library library, Claims who, UUID id, Optional<Instant> trashed) {
        Map<UUID, Library.Editable> found = library.editable(who, library.together(who, Set.of(id)));
        found.values().forEach(editable -> {
            Item item = editable.item();
            Library.SidecarPlace place = editable.sidecar().orElseThrow();
            library.record(
                    who,
                    new FoundSidecar(
                            place.bucket(),
                            place.key(),
                            item.owner(),
                            UUID.randomUUID().toString(),
                            100,
                            Optional.of(item.sha256()),
                            item.edits().withTrashed(trashed),
                            Optional.empty()));
        });
    }
}
