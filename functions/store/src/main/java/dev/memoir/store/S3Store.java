package dev.memoir.store;

import io.minio.BucketExistsArgs;
import io.minio.GetObjectArgs;
import io.minio.GetObjectResponse;
import io.minio.ListObjectsArgs;
import io.minio.ObjectWriteResponse;
import io.minio.PutObjectArgs;
import io.minio.RemoveObjectArgs;
import io.minio.StatObjectArgs;
import io.minio.StatObjectResponse;
import io.minio.UploadObjectArgs;
import io.minio.errors.MinioException;
import io.minio.messages.Item;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import okhttp3.Headers;

/** Any S3 store, addressed by path. */
final class S3Store implements MediaStore {
    /** Larger files go up in parts of this size: 10,000 parts are 160 GB. */
    static final long PART = 16L << 20;

    static final Duration LONGEST_PERIOD = Duration.ofDays(3);

    private static final Set<String> NO_OBJECT = Set.of("NoSuchKey", "NoSuchVersion", "NoSuchObject");

    private final StoreConfig config;
    private final Clock clock;
    private final S3Calls s3;
    private final QuerySigner signer;

    S3Store(StoreConfig config) {
        this(config, Clock.systemUTC());
    }

    S3Store(StoreConfig config, Clock clock) {
        this.config = config;
        this.clock = clock;
        this.s3 = new S3Calls(config);
        this.signer = new QuerySigner(config.region(), config.accessKey(), config.secretKey());
    }

    @Override
    public StoreConfig config() {
        return config;
    }

    @Override
    public Optional<StoredObject> stat(String bucket, String key) {
        Addresses.check(bucket, key);
        StatObjectArgs args =
                StatObjectArgs.builder().bucket(bucket).object(key).build();
        return unlessGone(bucket, () -> s3.await("looking at " + bucket + "/" + key, c -> c.statObject(args)))
                .map(answer -> described(bucket, key, answer));
    }

    private static StoredObject described(String bucket, String key, StatObjectResponse answer) {
        return new StoredObject(
                bucket,
                key,
                version(answer.versionId()),
                unquoted(answer.etag()),
                answer.size(),
                answer.lastModified().toInstant(),
                Optional.ofNullable(answer.contentType()));
    }

    @Override
    public Optional<ObjectContent> read(String bucket, String key, Optional<String> versionId) {
        return read(
                bucket,
                key,
                GetObjectArgs.builder()
                        .bucket(bucket)
                        .object(key)
                        .versionId(versionId.orElse(null))
                        .build());
    }

    @Override
    public Optional<ObjectContent> read(String bucket, String key, Optional<String> versionId, long from, long length) {
        return read(
                bucket,
                key,
                GetObjectArgs.builder()
                        .bucket(bucket)
                        .object(key)
                        .versionId(versionId.orElse(null))
                        .offset(from)
                        .length(length)
                        .build());
    }

    private Optional<ObjectContent> read(String bucket, String key, GetObjectArgs args) {
        Addresses.check(bucket, key);
        return unlessGone(bucket, () -> s3.await("reading " + bucket + "/" + key, c -> c.getObject(args)))
                .map(answer -> new ObjectContent(described(bucket, key, answer), answer));
    }

    private static StoredObject described(String bucket, String key, GetObjectResponse answer) {
        Headers headers = answer.headers();
        return new StoredObject(
                bucket,
                key,
                version(headers.get("x-amz-version-id")),
                unquoted(headers.get("ETag")),
                Long.parseLong(headers.get("Content-Length")),
                headers.getInstant("Last-Modified"),
                Optional.ofNullable(headers.get("Content-Type")));
    }

    /** A HEAD has no body to say what is missing: a bucket that is away must never look like an object that is gone. */
    private <T> Optional<T> unlessGone(String bucket, Supplier<T> call) {
        try {
            return Optional.of(call.get());
        } catch (S3Calls.StoreRefusal refusal) {
            if (!refusal.is(NO_OBJECT) || !bucketExists(bucket)) {
                throw refusal;
            }
            return Optional.empty();
        }
    }

    private boolean bucketExists(String bucket) {
        BucketExistsArgs args = BucketExistsArgs.builder().bucket(bucket).build();
        return s3.await("looking for the bucket " + bucket, c -> c.bucketExists(args));
    }

    @Override
    public StoredObject put(String bucket, String key, byte[] content, String contentType) {
        Addresses.check(bucket, key);
        String what = "writing " + bucket + "/" + key;
        PutObjectArgs args = PutObjectArgs.builder()
                .bucket(bucket)
                .object(key)
                .contentType(contentType)
                .data(content, content.length)
                .build();
        return written(bucket, key, content.length, contentType, s3.await(what, c -> c.putObject(args)));
    }

    @Override
    public StoredObject put(String bucket, String key, Path file, String contentType) {
        Addresses.check(bucket, key);
        String what = "writing " + file + " to " + bucket + "/" + key;
        try {
            long size = Files.size(file);
            UploadObjectArgs args = UploadObjectArgs.builder()
                    .bucket(bucket)
                    .object(key)
                    .contentType(contentType)
                    .filename(file.toString(), PART)
                    .build();
            return written(bucket, key, size, contentType, s3.await(what, c -> c.uploadObject(args)));
        } catch (IOException | MinioException e) {
            throw s3.failure(what, e);
        }
    }

    /** A write's answer does not say when; the store's clock, by its Date header, does well enough. */
    private StoredObject written(String bucket, String key, long size, String contentType, ObjectWriteResponse answer) {
        Instant date = Optional.ofNullable(answer.headers())
                .map(h -> h.get("Date"))
                .map(d -> ZonedDateTime.parse(d, DateTimeFormatter.RFC_1123_DATE_TIME)
                        .toInstant())
                .orElseGet(clock::instant);
        return new StoredObject(
                bucket,
                key,
                version(answer.versionId()),
                unquoted(answer.etag()),
                size,
                date,
                Optional.of(contentType));
    }

    @Override
    public void delete(String bucket, String key) {
        Addresses.check(bucket, key);
        RemoveObjectArgs args =
                RemoveObjectArgs.builder().bucket(bucket).object(key).build();
        unlessGone(bucket, () -> {
            s3.await("removing " + bucket + "/" + key, c -> c.removeObject(args));
            return key;
        });
    }

    @Override
    public long erase(String bucket, String prefix, Predicate<String> which) {
        boolean kept = bucket.equals(config.originals()) && !prefix.startsWith(Keys.PEOPLE);
        if (kept || prefix.isEmpty()) {
            throw new IllegalArgumentException("nothing of " + bucket + "/" + prefix + " is ever erased");
        }
        ListObjectsArgs args = ListObjectsArgs.builder()
                .bucket(bucket)
                .prefix(prefix)
                .recursive(true)
                .includeVersions(true)
                .build();
        long erased = 0;
        for (Iterator<Item> items = listing(bucket, prefix, args); items.hasNext(); ) {
            Item item = items.next();
            if (!which.test(item.objectName())) {
                continue;
            }
            RemoveObjectArgs version = RemoveObjectArgs.builder()
                    .bucket(bucket)
                    .object(item.objectName())
                    .versionId(version(item.versionId()).orElse(null))
                    .build();
            s3.await("erasing " + bucket + "/" + item.objectName(), c -> c.removeObject(version));
            erased++;
        }
        return erased;
    }

    @Override
    public Stream<StoredObject> list(String bucket, String prefix, String after) {
        ListObjectsArgs.Builder args =
                ListObjectsArgs.builder().bucket(bucket).prefix(prefix).recursive(true);
        if (!after.isEmpty()) {
            args.startAfter(after);
        }
        Iterator<Item> items = listing(bucket, prefix, args.build());
        return StreamSupport.stream(Spliterators.spliteratorUnknownSize(items, Spliterator.ORDERED), false)
                .filter(item -> !item.isDir())
                .map(item -> new StoredObject(
                        bucket,
                        item.objectName(),
                        Optional.empty(),
                        unquoted(item.etag()),
                        item.size(),
                        item.lastModified().toInstant(),
                        Optional.empty()));
    }

    private Iterator<Item> listing(String bucket, String prefix, ListObjectsArgs args) {
        return new Listing(s3, "listing " + bucket + "/" + prefix, s3.client().listObjects(args));
    }

    @Override
    public URI signedRead(String bucket, String key, Optional<String> versionId, Duration period) {
        Addresses.check(bucket, key);
        if (period.compareTo(LONGEST_PERIOD) > 0 || period.toSeconds() < 1) {
            throw new IllegalArgumentException("a period is 1 second to 3 days, not " + period);
        }
        long seconds = period.toSeconds();
        Instant start = Instant.ofEpochSecond(Math.floorDiv(clock.instant().getEpochSecond(), seconds) * seconds);
        Map<String, String> query = versionId.map(v -> Map.of("versionId", v)).orElseGet(Map::of);
        return signer.sign(
                "GET", config.publicEndpoint(), bucket, key, query, Map.of(), start, Duration.ofSeconds(2 * seconds));
    }

    @Override
    public URI signedWrite(String bucket, String key, Duration validity) {
        Addresses.check(bucket, key);
        return signer.sign("PUT", config.publicEndpoint(), bucket, key, Map.of(), Map.of(), clock.instant(), validity);
    }

    @Override
    public Uploads uploads() {
        return new S3Uploads(this, s3, signer, clock);
    }

    @Override
    public Documents documents() {
        return new S3Documents(this, s3, config.originals());
    }

    @Override
    public Buckets buckets() {
        return new S3Buckets(config, s3, signer);
    }

    @Override
    public void close() {
        s3.close();
    }

    static String unquoted(String etag) {
        return etag == null ? "" : etag.replace("\"", "");
    }

    /** {@code null} as a version's name is S3's word for "written while versions were off". */
    private static Optional<String> version(String id) {
        return Optional.ofNullable(id).filter(v -> !v.isEmpty() && !v.equals("null"));
    }
}
