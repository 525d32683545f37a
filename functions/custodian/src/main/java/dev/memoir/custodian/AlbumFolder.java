package dev.memoir.custodian;

import dev.memoir.catalog.Album;
import dev.memoir.catalog.AlbumCatalog;
import dev.memoir.catalog.AlbumDocument;
import dev.memoir.store.Documents;
import dev.memoir.store.Documents.Document;
import dev.memoir.store.StoreException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/** Albums in the bucket of originals, each a document of its own: the catalog is told what they are. */
final class AlbumFolder {
    private static final String END = ".json";

    private final Documents documents;
    private final AlbumCatalog catalog;

    AlbumFolder(Documents documents, AlbumCatalog catalog) {
        this.documents = documents;
        this.catalog = catalog;
    }

    /**
     * @param albums how many there are
     * @param unreadable keys of what is no album that this version understands; documents and rows are left as they are
     */
    record Read(int albums, List<String> unreadable) {}

    /** Makes the rows what the documents say, and has each album by a rule gather anew. */
    Read readBack() {
        Set<String> forgotten = new HashSet<>();
        catalog.known().forEach(id -> forgotten.add(Album.key(id)));
        List<String> keys;
        try (Stream<String> there = documents.list(Album.FOLDER)) {
            keys = there.filter(key -> key.endsWith(END)).toList();
        }
        List<String> unreadable = new ArrayList<>();
        int albums = 0;
        for (String key : keys) {
            forgotten.remove(key);
            try {
                albums += settle(key) ? 1 : 0;
            } catch (IllegalArgumentException e) {
                unreadable.add(key);
            }
        }
        // Made since the folder was listed, it is there.
        forgotten.stream().filter(key -> documents.read(key).isEmpty()).forEach(key -> catalog.forget(id(key)));
        return new Read(albums, unreadable);
    }

    private static UUID id(String key) {
        return UUID.fromString(key.substring(Album.FOLDER.length(), key.length() - END.length()));
    }

    /**
     * Looks once more after it has written: of several who write rows at the same time, the last one thus leaves what the bucket
     * holds.
     *
     * @return whether there is an album
     */
    private boolean settle(String key) {
        Optional<Document> read = documents.read(key);
        for (int attempt = 0; attempt < Documents.ATTEMPTS; attempt++) {
            if (read.isEmpty()) {
                return false;
            }
            Album album = AlbumDocument.read(key, read.get().content());
            catalog.settle(album);
            Optional<Document> now = documents.read(key);
            if (now.map(Document::etag).equals(read.map(Document::etag))) {
                return !album.deleted();
            }
            read = now;
        }
        throw new StoreException(key + " is changed by others all the time", null);
    }
}
