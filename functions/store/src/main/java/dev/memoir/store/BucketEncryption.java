package dev.memoir.store;

import io.minio.PutObjectArgs;
import io.minio.RemoveObjectArgs;
import io.minio.SetBucketEncryptionArgs;
import io.minio.StatObjectArgs;
import io.minio.messages.SseConfiguration;
import java.util.Optional;

/**
 * Encryption by the store with a key of one's own in the store's key service (SSE-KMS), as a bucket's default: so that
 * what phones and browsers put is encrypted, too, without their knowing.
 */
final class BucketEncryption {
    /** Events of keys below {@code .memoir/} are dropped before anything wakes. */
    private static final String PROBE = Keys.LIBRARY + "encryption-probe";

    private static final String ALGORITHM = "x-amz-server-side-encryption";
    private static final String KEY = "x-amz-server-side-encryption-aws-kms-key-id";

    private final S3Calls s3;

    BucketEncryption(S3Calls s3) {
        this.s3 = s3;
    }

    void set(String bucket, String key) {
        SetBucketEncryptionArgs args = SetBucketEncryptionArgs.builder()
                .bucket(bucket)
                .config(SseConfiguration.newConfigWithSseKmsRule(key))
                .build();
        s3.await(
                "having the store encrypt the bucket " + bucket + " with the key " + key,
                c -> c.setBucketEncryption(args));
        if (!isDone(bucket, key)) {
            throw new StoreException("the store took the order to encrypt the bucket " + bucket + " with the key " + key
                    + ", and does not do it: encrypt its disk instead, or use a store that encrypts");
        }
    }

    /** Some stores take the order and keep everything in clear, so it is looked at with an object. */
    private boolean isDone(String bucket, String key) {
        PutObjectArgs put = PutObjectArgs.builder()
                .bucket(bucket)
                .object(PROBE)
                .data(new byte[1], 1)
                .build();
        Optional<String> version =
                Optional.ofNullable(s3.await("putting an object to see that it is encrypted", c -> c.putObject(put))
                        .versionId());
        StatObjectArgs stat =
                StatObjectArgs.builder().bucket(bucket).object(PROBE).build();
        var headers = s3.await("looking whether it is encrypted", c -> c.statObject(stat))
                .headers();
        RemoveObjectArgs remove = RemoveObjectArgs.builder()
                .bucket(bucket)
                .object(PROBE)
                .versionId(version.orElse(null))
                .build();
        s3.await("removing the object that showed it", c -> c.removeObject(remove));
        return "aws:kms".equals(headers.get(ALGORITHM))
                && Optional.ofNullable(headers.get(KEY))
                        .filter(used -> used.endsWith(key))
                        .isPresent();
    }
}
