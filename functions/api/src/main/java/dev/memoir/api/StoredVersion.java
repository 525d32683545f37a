package dev.memoir.api;

import dev.memoir.catalog.Library.HeldObject;
import java.time.Instant;
import java.util.Optional;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.NonNull;
import org.eclipse.microprofile.graphql.Type;

/** An object as a client reads it. */
@Type("StoredObject")
@Description("A version of a bucket key that holds the asset, or held it.")
public final class StoredVersion {
    private final HeldObject object;

    StoredVersion(HeldObject object) {
        this.object = object;
    }

    @NonNull
    public String getBucket() {
        return object.bucket();
    }

    @NonNull
    public String getKey() {
        return object.key();
    }

    @Description("Empty in a bucket without versions.")
    public Optional<String> getVersion() {
        return object.versionId();
    }

    @Description("Bytes.")
    public long getSize() {
        return object.size();
    }

    @NonNull
    @Description("The store's word.")
    public Instant getLastModified() {
        return object.lastModified();
    }

    @NonNull
    @Description("When the catalog last learned something new of it.")
    public Instant getSeenAt() {
        return object.seenAt();
    }

    @Description("Whether the key holds this version now.")
    public boolean getCurrent() {
        return object.current();
    }
}
