package dev.memoir.catalog;

import dev.memoir.media.Claims;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.postgres.PostgresPlugin;

/** Each method is one transaction with the caller's claims, or two. */
final class JdbiStorageLibrary implements StorageLibrary {
    private static final String KEY = " WHERE owner = :owner AND bucket = :bucket AND key = :key";

    private final Jdbi jdbi;

    JdbiStorageLibrary(DataSource database) {
        this.jdbi = Jdbi.create(database).installPlugin(new PostgresPlugin());
    }

    @Override
    public Map<String, Stored> stored(Claims who) {
        return as(
                who,
                handle -> handle.createQuery("SELECT owner, assets, bytes FROM stored")
                        .map((row, context) -> Map.entry(row.getString(1), new Stored(row.getLong(2), row.getLong(3))))
                        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
    }

    /** It is counted first and looked at afterwards, so that of two at the same moment at least one sees the other. */
    @Override
    public OptionalLong reserve(Claims who, String bucket, String key, long bytes, long quota, Duration validity) {
        Conflicts.retried(() -> as(who, handle -> {
            handle.createUpdate("DELETE FROM pending_upload WHERE owner = :owner AND ends <= now()")
                    .bind("owner", who.subject())
                    .execute();
            return handle.createUpdate(
                            "INSERT INTO pending_upload (owner, bucket, key, bytes, ends)"
                                    + " VALUES (:owner, :bucket, :key, :bytes, now() + :seconds * interval '1 second')"
                                    + " ON CONFLICT (owner, bucket, key) DO UPDATE SET bytes = excluded.bytes, ends = excluded.ends")
                    .bindMap(key(who, bucket, key))
                    .bind("bytes", bytes)
                    .bind("seconds", validity.toSeconds())
                    .execute();
        }));
        long used = used(who);
        if (used <= quota) {
            return OptionalLong.empty();
        }
        release(who, bucket, key);
        return OptionalLong.of(used - bytes);
    }

    /** What has come counts as kept, and not as under way any more. */
    private long used(Claims who) {
        return as(
                who,
                handle -> handle.createQuery("SELECT coalesce((SELECT bytes FROM stored WHERE owner = :owner), 0)"
                                + " + coalesce((SELECT sum(p.bytes) FROM pending_upload p WHERE p.owner = :owner AND p.ends > now()"
                                + " AND NOT EXISTS (SELECT 1 FROM object o"
                                + " WHERE o.bucket = p.bucket AND o.key = p.key AND o.current)), 0)")
                        .bind("owner", who.subject())
                        .mapTo(Long.class)
                        .one());
    }

    @Override
    public void release(Claims who, String bucket, String key) {
        as(
                who,
                handle -> handle.createUpdate("DELETE FROM pending_upload" + KEY)
                        .bindMap(key(who, bucket, key))
                        .execute());
    }

    private static Map<String, Object> key(Claims who, String bucket, String key) {
        return Map.of("owner", who.subject(), "bucket", bucket, "key", key.getBytes(StandardCharsets.UTF_8));
    }

    /** Nothing here is the family's. */
    private <T> T as(Claims who, Function<Handle, T> work) {
        return Claimed.as(jdbi, who, "", work);
    }
}
