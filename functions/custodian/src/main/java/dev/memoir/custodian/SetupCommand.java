package dev.memoir.custodian;

import dev.memoir.catalog.Schema;
import dev.memoir.events.Streams;
import dev.memoir.models.ModelCatalogue;
import dev.memoir.store.Buckets;
import dev.memoir.store.MediaStore;
import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
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
            ModelUpload.Outcome models =
                    new ModelUpload(store, settings.derived()).upload(ModelCatalogue.load(), settings.modelsFolder());
            done.put("modelFilesUploaded", models.uploaded());
            done.put("modelFilesMissing", models.missing());
        }
        done.put("milliseconds", Duration.between(start, Instant.now()).toMillis());
        new Report(spec.commandLine().getOut()).line(done);
        return 0;
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
        done.put("asksForEvents", buckets.publishEvents(settings.originals(), settings.queueTarget()));
        settings.uploader().ifPresent(key -> buckets.allowUploads(settings.originals(), key));
        if (!settings.origins().isEmpty()) {
            buckets.allowOrigins(settings.originals(), settings.origins());
            buckets.allowOrigins(settings.derived(), settings.origins());
        }
    }
}
