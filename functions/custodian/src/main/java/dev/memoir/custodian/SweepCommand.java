package dev.memoir.custodian;

import dev.memoir.catalog.AlbumCatalog;
import dev.memoir.catalog.IngestCatalog;
import dev.memoir.catalog.ModelVersion;
import dev.memoir.custodian.Progress.Phase;
import dev.memoir.custodian.Progress.Tally;
import dev.memoir.imaging.Darkroom;
import dev.memoir.models.ModelCatalogue;
import dev.memoir.models.Task;
import dev.memoir.models.VisionProvider;
import dev.memoir.store.MediaStore;
import io.nats.client.Connection;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "sweep",
        description = "Compares the bucket with the catalog, its renditions and analyses, and queues what is missing.",
        mixinStandardHelpOptions = true)
final class SweepCommand implements Callable<Integer> {
    private final Settings settings;

    @Spec
    private CommandSpec spec;

    @Option(names = "--anew", description = "Begin anew even when an earlier sweep did not come to its end.")
    private boolean anew;

    @Option(names = "--empty-is-meant", description = "Believe an empty bucket: mark everything in it as gone.")
    private boolean emptyIsMeant;

    @Option(
            names = "--patience",
            defaultValue = "10",
            paramLabel = "MINUTES",
            description = "How long to wait while the functions get nothing done. Default: ${DEFAULT-VALUE}")
    private int patienceMinutes;

    SweepCommand(Settings settings) {
        this.settings = settings;
    }

    @Override
    @SuppressWarnings("try") // closing the queue may be interrupted, as this whole method may
    public Integer call() throws IOException, InterruptedException {
        Instant start = Instant.now();
        Report report = new Report(spec.commandLine().getOut());
        IngestCatalog catalog = IngestCatalog.over(settings.database());
        Checkpoints checkpoints =
                Checkpoints.open(catalog, anew, progress -> report.line(progress(progress)), Clock.systemUTC());
        Optional<Phase> resumedFrom = checkpoints.resumedFrom();
        Optional<String> stopped;
        AlbumFolder.Read albums;
        int stacked;
        try (MediaStore store = settings.store();
                Connection queue = settings.queue()) {
            albums = new AlbumFolder(store.documents(), AlbumCatalog.over(settings.database())).readBack();
            stacked = catalog.stack();
            boolean faces = new Faces(settings, store).follow() == Faces.Choice.ON;
            Optional<ModelVersion> words = new WordModels(store, settings.derived()).current();
            catalog.searchable(Task.WORDS.wireName(), words);
            Sweep.Wanted wanted =
                    new Sweep.Wanted(Darkroom.PIPELINE, currentModels(store, settings.vision(), faces, words));
            BackfillLane lane = new BackfillLane(queue, Duration.ofMinutes(patienceMinutes));
            stopped = sweep(new Sweep(store, catalog, lane, wanted, checkpoints));
        }
        Map<String, Object> result = facts(checkpoints.count().tally());
        result.put("albums", albums.albums());
        result.put("albumsUnreadable", albums.unreadable());
        result.put("stacked", stacked);
        result.put("resumedFrom", resumedFrom.map(SweepCommand::name).orElse(null));
        result.put("complete", stopped.isEmpty());
        stopped.ifPresent(why -> result.put("stopped", why));
        result.put("milliseconds", Duration.between(start, Instant.now()).toMillis());
        report.result(result, settings.resultFile());
        return stopped.isEmpty() ? 0 : Custodian.STOPPED;
    }

    /** @return why it stopped before the end */
    private Optional<String> sweep(Sweep sweep) throws IOException, InterruptedException {
        try {
            sweep.run(emptyIsMeant);
            return Optional.empty();
        } catch (BackfillLane.Stuck stuck) {
            return Optional.of(stuck.getMessage());
        }
    }

    /** Objects are looked for where their model is in the bucket and no service looks: as the AI function decides it. */
    private Set<ModelVersion> currentModels(
            MediaStore store, VisionProvider vision, boolean faces, Optional<ModelVersion> words) {
        return Stream.of(
                        vision == VisionProvider.LOCAL ? here(store) : elsewhere(vision),
                        words.stream(),
                        faces ? Stream.of(Faces.models()) : Stream.<ModelVersion>empty())
                .flatMap(models -> models)
                .collect(Collectors.toUnmodifiableSet());
    }

    private Stream<ModelVersion> here(MediaStore store) {
        ModelCatalogue objects = ModelCatalogue.objects();
        boolean there = new ModelUpload(store, settings.derived()).isThere(objects);
        ModelCatalogue catalogue = there ? ModelCatalogue.load().and(objects) : ModelCatalogue.load();
        return catalogue.current().values().stream()
                .map(model -> new ModelVersion(model.task().wireName(), model.name(), model.version()));
    }

    private static Stream<ModelVersion> elsewhere(VisionProvider vision) {
        return Stream.of(Task.LABELS, Task.NSFW)
                .map(task -> new ModelVersion(task.wireName(), vision.model(), vision.version()));
    }

    private static Map<String, Object> progress(Progress progress) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("progress", name(progress.phase()));
        line.putAll(facts(progress.tally()));
        return line;
    }

    private static Map<String, Object> facts(Tally tally) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("objects", tally.objects());
        facts.put("emitted", tally.emitted());
        facts.put("gone", tally.gone());
        facts.put("refused", tally.refused());
        facts.put("olderPipeline", tally.olderPipeline());
        facts.put("renditionsMissing", tally.renditionsMissing());
        facts.put("notAnalysed", tally.notAnalysed());
        return facts;
    }

    private static String name(Phase phase) {
        return phase.name().toLowerCase(Locale.ROOT);
    }
}
