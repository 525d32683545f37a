package dev.memoir.custodian;

import dev.memoir.catalog.FaceCatalog;
import dev.memoir.catalog.IngestCatalog;
import dev.memoir.catalog.ModelVersion;
import dev.memoir.catalog.Schema;
import dev.memoir.events.Streams;
import dev.memoir.house.Links;
import dev.memoir.media.sharing.Link;
import dev.memoir.models.ModelCatalogue;
import dev.memoir.models.Task;
import dev.memoir.store.Buckets;
import dev.memoir.store.MediaStore;
import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import javax.sql.DataSource;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The only place that makes roles, tables, buckets, notifications and streams. */
@Command(
        name = "setup",
        description = "Makes what is missing: roles and tables, buckets with versions, notifications, streams, models.",
        mixinStandardHelpOptions = true)
final class SetupCommand implements Callable<Integer> {
    private final Settings settings;

    @Spec
    private CommandSpec spec;

    SetupCommand(Settings settings) {
        this.settings = settings;
    }

    @Override
    @SuppressWarnings("try") // closing the queue may be interrupted, as this whole method may
    public Integer call() throws IOException, InterruptedException, JetStreamApiException {
        Instant start = Instant.now();
        Map<String, Object> done = new LinkedHashMap<>();
        database(done);
        try (Connection queue = settings.queue()) {
            Streams.ensure(queue);
            done.put("streams", true);
        }
        try (MediaStore store = settings.store()) {
            buckets(store.buckets(), done);
            ModelUpload upload = new ModelUpload(store, settings.derived());
            ModelUpload.Outcome models = upload.upload(ModelCatalogue.load(), settings.modelsFolder());
            // Who does without it has no objects, and lacks nothing.
            ModelUpload.Outcome objects = upload.upload(ModelCatalogue.objects(), settings.objectModelsFolder());
            done.put("modelFilesUploaded", models.uploaded() + objects.uploaded());
            done.put("modelFilesMissing", models.missing());
            done.put("objects", objects.missing().isEmpty());
            WordModels words = new WordModels(store, settings.derived());
            if (settings.wordModelsFolder().isPresent()) {
                done.put(
                        "wordModelFilesUploaded",
                        words.upload(settings.wordModelsFolder().get()));
            }
            Optional<ModelVersion> searchable = words.current();
            IngestCatalog.over(settings.asIngest()).searchable(Task.WORDS.wireName(), searchable);
            done.put("searchByWords", searchable.isPresent());
            // Before anything is looked at in a database that is made anew: whom not to recognise stands among the
            // decisions.
            FaceCatalog people = FaceCatalog.over(settings.asIngest());
            new DecisionJournal(store, settings.originals(), people).readBack();
            new Forgetting(store, people).run();
            links(store);
            done.put(
                    "faces", new Faces(settings, store).follow(settings.faces()).word());
        }
        done.put("milliseconds", Duration.between(start, Instant.now()).toMillis());
        new Report(spec.commandLine().getOut()).line(done);
        return 0;
    }

    /** What people share stands in the bucket: a database that is made anew learns it again, and one that missed a change. */
    private void links(MediaStore store) {
        IngestCatalog catalog = IngestCatalog.over(settings.asIngest());
        try (Stream<Link> links = new Links(store.documents(), Clock.systemUTC()).all()) {
            links.forEach(catalog::record);
        }
    }

    private void database(Map<String, Object> done) {
        DataSource owner = settings.databaseAsOwner();
        Schema.roles(
                owner, settings.required("MEMOIR_DB_API_PASSWORD"), settings.required("MEMOIR_DB_INGEST_PASSWORD"));
        Schema.Migrated migrated = Schema.migrate(owner);
        done.put("migrations", migrated.applied());
    }

    private void buckets(Buckets buckets, Map<String, Object> done) {
        boolean originals = buckets.ensure(settings.originals(), true);
        boolean derived = buckets.ensure(settings.derived(), false);
        done.put("bucketsChanged", originals || derived);
        settings.encryptionKey().ifPresent(key -> {
            buckets.encrypt(settings.originals(), key);
            buckets.encrypt(settings.derived(), key);
            done.put("encrypted", true);
        });
        done.put("tiersChanged", buckets.tier(settings.originals(), settings.tiers()));
        done.put("asksForEvents", buckets.publishEvents(settings.originals(), settings.queueTarget()));
        settings.uploader().ifPresent(key -> buckets.allowUploads(settings.originals(), key));
        if (!settings.origins().isEmpty()) {
            buckets.allowOrigins(settings.originals(), settings.origins());
            buckets.allowOrigins(settings.derived(), settings.origins());
        }
    }
}
