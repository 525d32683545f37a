package dev.memoir.ai.words;

import dev.memoir.catalog.IngestCatalog;
import dev.memoir.catalog.KnownVectors;
import dev.memoir.catalog.ModelVersion;
import dev.memoir.media.Sha256;
import dev.memoir.vectors.Quantised;
import dev.memoir.vectors.VectorFile;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/** The catalog's vectors of one model as a file, brought up to date from where it was. For one thread at a time. */
final class VectorIndex implements AutoCloseable {
    private static final int PAGE = 2_000;

    /**
     * A row has the time at which it was written, but is seen only once its transaction has ended, maybe after rows with later
     * times: so what is this much older than the newest is read again. No transaction that records an analysis takes as long.
     */
    private static final Duration OVERLAP = Duration.ofMinutes(2);

    private final IngestCatalog catalog;
    private final ModelVersion model;
    private final Path path;
    private final VectorFile file;

    /** @param folder in which a model has a file of its own name */
    VectorIndex(IngestCatalog catalog, ModelVersion model, int dimension, Path folder) throws IOException {
        this.catalog = catalog;
        this.model = model;
        this.path = folder.resolve(model.model() + ".vectors");
        this.file = VectorFile.open(path, model.model() + "/" + model.version(), dimension);
    }

    Path path() {
        return path;
    }

    void refresh() throws IOException {
        Instant from = file.newest() == Long.MIN_VALUE
                ? Instant.EPOCH
                : Instant.EPOCH.plus(file.newest(), ChronoUnit.MICROS).minus(OVERLAP);
        Optional<Sha256> after = Optional.empty();
        while (true) {
            List<KnownVectors> page = catalog.vectors(model, from, after, PAGE);
            file.add(page.stream().map(VectorIndex::entry).toList());
            if (page.size() < PAGE) {
                return;
            }
            from = page.getLast().written();
            after = Optional.of(page.getLast().asset());
        }
    }

    private static VectorFile.Entry entry(KnownVectors known) {
        return new VectorFile.Entry(
                known.asset().bytes(),
                ChronoUnit.MICROS.between(Instant.EPOCH, known.written()),
                known.frames().stream()
                        .map(frame -> new Quantised(frame.scale(), frame.components()))
                        .toList());
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
