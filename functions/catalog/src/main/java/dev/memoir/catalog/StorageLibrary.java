package dev.memoir.catalog;

import dev.memoir.media.Claims;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalLong;
import javax.sql.DataSource;

/**
 * How much people's originals take, by the database role {@code memoir_api}: distinct contents that the bucket holds under their name,
 * those in the trash, too. Earlier versions of a key, renditions and sidecars don't count. Failures of the database are thrown as they are.
 */
public interface StorageLibrary {
    static StorageLibrary over(DataSource database) {
        return new JdbiStorageLibrary(database);
    }

    /** By owner, as far as the caller may know: their own, and everybody's for who administers. Who keeps nothing may be missing. */
    Map<String, Stored> stored(Claims who);

    default Stored own(Claims who) {
        return stored(who).getOrDefault(who.subject(), Stored.NOTHING);
    }

    /**
     * Lets an upload in if it fits; from then on it counts as long as it may be on its way. Of several that are asked for at the same
     * moment and fit one by one alone, none may be let in.
     *
     * @param bytes that it has
     * @param quota bytes that the caller may keep
     * @param validity how long it may come
     * @return empty when it is let in, else what the caller keeps already or has under way, in bytes
     */
    OptionalLong reserve(Claims who, String bucket, String key, long bytes, long quota, Duration validity);

    /** An upload that was let in won't come. */
    void release(Claims who, String bucket, String key);

    /** @param bytes of all of them together */
    record Stored(long assets, long bytes) {
        public static final Stored NOTHING = new Stored(0, 0);
    }
}
