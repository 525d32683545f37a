package dev.memoir.ai.words;

import dev.memoir.catalog.IngestCatalog;
import dev.memoir.catalog.ModelVersion;
import dev.memoir.models.Model;
import dev.memoir.models.Output;
import dev.memoir.vectors.Found;
import dev.memoir.vectors.Quantised;
import dev.memoir.vectors.ScanProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;

/** Finds the pictures that are nearest to words, among those of everybody: who may see them is for others to say. */
public final class WordSearch implements AutoCloseable {
    private final Optional<Model> model;
    private final IngestCatalog catalog;
    private final Path folder;
    private final Function<Model, WordTower> towers;
    private final ScanProcess scan = new ScanProcess();
    private WordTower tower;
    private VectorIndex index;

    /**
     * @param model empty: nothing can be searched
     * @param folder for a file of vectors
     * @param towers makes the half of a model that is for words
     */
    public WordSearch(Optional<Model> model, IngestCatalog catalog, Path folder, Function<Model, WordTower> towers) {
        this.model = model;
        this.catalog = catalog;
        this.folder = folder;
        this.towers = towers;
    }

    /**
     * The nearest, the best first.
     *
     * @param after only those that come after this one
     * @throws NotSearchable when there is no model for it
     * @throws UncheckedIOException when the file can't be written, or the scan failed
     */
    public synchronized List<Found> find(String words, int most, Optional<Found> after) {
        Model with = model.orElseThrow(NotSearchable::new);
        try {
            // The model, the rows and the other process are waited for at the same time.
            scan.start();
            if (tower == null) {
                tower = towers.apply(with);
            }
            CompletableFuture<Quantised> direction =
                    CompletableFuture.supplyAsync(() -> tower.of(words), Thread::startVirtualThread);
            if (index == null) {
                index = new VectorIndex(catalog, version(with), ((Output.Meaning) with.output()).size(), folder);
            }
            index.refresh();
            return scan.best(index.path(), direction.join(), most, after);
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException failure ? failure : e;
        } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage(), e);
        }
    }

    private static ModelVersion version(Model model) {
        return new ModelVersion(model.task().wireName(), model.name(), model.version());
    }

    @Override
    public synchronized void close() {
        scan.close();
        if (tower != null) {
            tower.close();
        }
        if (index != null) {
            try {
                index.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e.getMessage(), e);
            }
        }
    }
}
