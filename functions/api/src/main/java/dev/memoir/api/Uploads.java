package dev.memoir.api;

import dev.memoir.catalog.StorageLibrary;
import dev.memoir.media.Quota;
import dev.memoir.media.Sha256;
import dev.memoir.store.MediaStore;
import dev.memoir.store.StoredObject;
import dev.memoir.store.UploadRefusedException;
import dev.memoir.store.Uploads.SignedUpload;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.GraphQLApi;
import org.eclipse.microprofile.graphql.Input;
import org.eclipse.microprofile.graphql.Mutation;
import org.eclipse.microprofile.graphql.NonNull;
import org.eclipse.microprofile.graphql.Type;

/** Uploads go straight to the store; this only says where to, and signs it. */
@GraphQLApi
@Answers
public class Uploads {
    private static final Duration VALIDITY = Duration.ofHours(1);
    private static final int MOST_PARTS_AT_ONCE = 100;

    /** What S3 takes. */
    private static final int MOST_PARTS = 10_000;

    private static final long LARGEST_PART = 5L << 30;

    private final MediaStore store;
    private final StorageLibrary storage;
    private final Bearer bearer;
    private final String defaultOwner;

    public Uploads(
            MediaStore store,
            StorageLibrary storage,
            Bearer bearer,
            @ConfigProperty(name = "memoir.default.owner", defaultValue = "home") String defaultOwner) {
        this.store = store;
        this.storage = storage;
        this.bearer = bearer;
        this.defaultOwner = defaultOwner;
    }

    /** What shall be uploaded. */
    @Input("UploadInput")
    public static class UploadInput {
        @NonNull
        @Description("The file's name, without folders.")
        public String name;

        @Description("Bytes.")
        public long size;

        @NonNull
        @Description("As the client believes; what it is will be found from the content.")
        public String mediaType;

        @Description("SHA-256 of the content, 64 hexadecimal digits: the store then refuses other bytes.")
        public String sha256;
    }

    /** One part of an upload in parts. */
    @Input("PartInput")
    public static class PartInput {
        @Description("From 1 on.")
        public int number;

        @Description("Bytes: partSize, less for the last part.")
        public long size;

        @NonNull
        @Description("SHA-256 of the part, 64 hexadecimal digits.")
        public String sha256;
    }

    @Type("Upload")
    public record Upload(
            @NonNull String key,

            @Description("PUT the whole file here; null when it is to be sent in parts.")
            Request request,

            @Description("For a large file: the id of its upload in parts.")
            String uploadId,

            @Description("Bytes of each part but the last.") Long partSize,
            @Description("How many parts.") Integer parts) {}

    @Type("UploadRequest")
    @Description("A PUT that may be sent until it expires, with exactly these headers.")
    public record Request(@NonNull String url, @NonNull List<@NonNull Header> headers) {}

    @Type("UploadHeader")
    public record Header(@NonNull String name, @NonNull String value) {}

    @Type("UploadedObject")
    public record Uploaded(@NonNull String key, String version, long size) {}

    @Mutation
    @NonNull
    @Description(
            "Says where to upload a file, for one hour. Files above 64 MiB go in parts. QUOTA_EXCEEDED: with it the caller's"
                    + " originals would take more than they may.")
    public Upload createUpload(@NonNull UploadInput input) {
        Optional<Sha256> sha256 = Optional.ofNullable(input.sha256).map(Uploads::hash);
        UploadPlan plan = UploadPlan.of(
                bearer.caller(), defaultOwner, input.name, input.size, sha256, LocalDate.now(ZoneOffset.UTC));
        MediaStore.refusal(plan.key()).ifPresent(reason -> {
            throw new Problem.BadInput("name: " + reason);
        });
        String bucket = store.config().originals();
        String mediaType = mediaType(input);
        quota().ifPresent(most -> reserve(bucket, plan.key(), input.size, most));
        if (plan.inParts()) {
            String id = store.uploads().begin(bucket, plan.key(), mediaType);
            return new Upload(plan.key(), null, id, plan.partSize(), plan.parts());
        }
        Request request = sha256.map(hash ->
                        request(store.uploads().whole(bucket, plan.key(), mediaType, hash, input.size, VALIDITY)))
                .orElseGet(() -> new Request(
                        store.signedWrite(bucket, plan.key(), VALIDITY).toString(), List.of()));
        return new Upload(plan.key(), request, null, null, null);
    }

    private Optional<Quota> quota() {
        try {
            return Quota.of(bearer.caller().attributes());
        } catch (IllegalArgumentException e) {
            throw new Problem.NotAllowed("How much you may keep can't be read: " + e.getMessage() + ".");
        }
    }

    private void reserve(String bucket, String key, long size, Quota quota) {
        storage.reserve(bearer.caller(), bucket, key, size, quota.bytes(), VALIDITY)
                .ifPresent(used -> {
                    throw new Problem.QuotaExceeded(
                            "Your originals, and what is being uploaded, take %s of the %s that you may keep: %s more don't fit."
                                    .formatted(
                                            Quota.readable(used), Quota.readable(quota.bytes()), Quota.readable(size)));
                });
    }

    @Mutation
    @NonNull
    @Description("Signs parts of an upload in parts, at most 100 at once, in their order.")
    public List<@NonNull Request> signParts(
            @NonNull String key, @NonNull String uploadId, @NonNull List<@NonNull PartInput> parts) {
        if (parts.size() > MOST_PARTS_AT_ONCE) {
            throw new Problem.BadInput("parts: at most " + MOST_PARTS_AT_ONCE + " at once");
        }
        String own = own(key);
        String id = id(uploadId);
        return parts.stream()
                .map(part -> {
                    if (part.number < 1 || part.number > MOST_PARTS || part.size < 1 || part.size > LARGEST_PART) {
                        throw new Problem.BadInput("parts: numbers are 1 to 10,000, and sizes 1 byte to 5 GiB");
                    }
                    return request(store.uploads()
                            .part(
                                    store.config().originals(),
                                    own,
                                    id,
                                    part.number,
                                    hash(part.sha256),
                                    part.size,
                                    VALIDITY));
                })
                .toList();
    }

    @Mutation
    @NonNull
    @Description("Puts the parts together once all were sent.")
    public Uploaded completeUpload(@NonNull String key, @NonNull String uploadId, int parts) {
        String own = own(key);
        if (parts < 1 || parts > MOST_PARTS) {
            throw new Problem.BadInput("parts: how many parts were sent, 1 to 10,000, not " + parts);
        }
        try {
            StoredObject object = store.uploads().complete(store.config().originals(), own, id(uploadId), parts);
            return new Uploaded(object.key(), object.versionId().orElse(null), object.size());
        } catch (UploadRefusedException refused) {
            throw switch (refused.reason()) {
                case UNKNOWN ->
                    new Problem.NotFound(
                            "There is no such upload in parts: it was completed or dropped before, or never"
                                    + " begun. See whether the file is among your assets; if not, create the upload again.");
                case PARTS_DIFFER ->
                    new Problem.BadInput(
                            "parts: the store does not have parts 1 to " + parts
                                    + " of this upload, all of them and no others. Send what is missing, then complete it again.");
                case PARTS_REFUSED ->
                    new Problem.BadInput("parts: the store refuses them. All but the last must have partSize bytes:"
                            + " send those anew that have not, then complete it again.");
            };
        }
    }

    @Mutation
    @Description("Drops an upload in parts and what was sent of it.")
    public boolean abortUpload(@NonNull String key, @NonNull String uploadId) {
        String bucket = store.config().originals();
        store.uploads().abort(bucket, own(key), id(uploadId));
        storage.release(bearer.caller(), bucket, key);
        return true;
    }

    /** Signatures are made only for the caller's own folder of uploads. */
    private String own(String key) {
        if (!key.startsWith(UploadPlan.folder(bearer.caller(), defaultOwner))
                || MediaStore.refusal(key).isPresent()) {
            throw new Problem.NotFound("There is no upload of yours under this key.");
        }
        return key;
    }

    /** Stores make paths of these ids. */
    private static String id(String uploadId) {
        if (!uploadId.matches("[A-Za-z0-9._~+=-]{1,500}") || uploadId.startsWith(".")) {
            throw new Problem.BadInput("uploadId: not an id that createUpload gave");
        }
        return uploadId;
    }

    private static String mediaType(UploadInput input) {
        if (!input.mediaType.matches("[A-Za-z0-9!#$&^_.+-]{1,80}/[A-Za-z0-9!#$&^_.+-]{1,80}")) {
            throw new Problem.BadInput("mediaType: not a media type such as image/jpeg");
        }
        return input.mediaType;
    }

    private static Sha256 hash(String sha256) {
        try {
            return new Sha256(sha256);
        } catch (IllegalArgumentException e) {
            throw new Problem.BadInput(e.getMessage());
        }
    }

    private static Request request(SignedUpload signed) {
        return new Request(
                signed.address().toString(),
                signed.headers().entrySet().stream()
                        .sorted(Map.Entry.comparingByKey())
                        .map(header -> new Header(header.getKey(), header.getValue()))
                        .toList());
    }
}
