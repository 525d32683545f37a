package dev.memoir.store;

import io.minio.BucketExistsArgs;
import io.minio.GetBucketVersioningArgs;
import io.minio.SetBucketCorsArgs;
import io.minio.SetBucketNotificationArgs;
import io.minio.SetBucketPolicyArgs;
import io.minio.SetBucketVersioningArgs;
import io.minio.messages.CORSConfiguration;
import io.minio.messages.NotificationConfiguration;
import io.minio.messages.VersioningConfiguration;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

final class S3Buckets implements Buckets {
    private static final Set<String> OURS_ALREADY = Set.of("BucketAlreadyOwnedByYou", "BucketAlreadyExists");
    private static final Set<String> NOT_OFFERED = Set.of("NotImplemented", "MethodNotAllowed", "NotSupported");
    private static final VersioningConfiguration VERSIONS =
            new VersioningConfiguration(VersioningConfiguration.Status.ENABLED, null, null, null);

    /** The one region that must not be named when a bucket is made (S3's CreateBucket). */
    private static final String NO_CONSTRAINT = "us-east-1";

    private static final Pattern ACCESS_KEY = Pattern.compile("[A-Za-z0-9+/=@._-]+");

    /**
     * The library's documents say who may log in. A store that keeps files folds a key such as {@code a/../.memoir/b} only after
     * its policy has let it through, so whatever has their folder's name anywhere is denied.
     */
    private static final String UPLOADS = """
            {"Version": "2012-10-17", "Statement": [
              {"Effect": "Allow", "Principal": {"AWS": ["%s"]},
               "Action": ["s3:PutObject", "s3:GetObject", "s3:AbortMultipartUpload", "s3:ListMultipartUploadParts"],
               "Resource": ["arn:aws:s3:::%s/*"]},
              {"Effect": "Allow", "Principal": {"AWS": ["%s"]},
               "Action": ["s3:ListBucket", "s3:GetBucketLocation", "s3:ListBucketMultipartUploads"],
               "Resource": ["arn:aws:s3:::%s"]},
              {"Effect": "Deny", "Principal": {"AWS": ["%s"]}, "Action": ["s3:*"],
               "Resource": ["arn:aws:s3:::%s/*.memoir*"]}]}
            """;

    private final StoreConfig config;
    private final S3Calls s3;
    private final QuerySigner signer;

    S3Buckets(StoreConfig config, S3Calls s3, QuerySigner signer) {
        this.config = config;
        this.s3 = s3;
        this.signer = signer;
    }

    @Override
    public boolean ensure(String name, boolean versioned) {
        boolean made = make(name);
        boolean turnedOn = versioned && turnVersionsOn(name);
        return made || turnedOn;
    }

    private boolean make(String name) {
        BucketExistsArgs exists = BucketExistsArgs.builder().bucket(name).build();
        if (s3.await("looking for the bucket " + name, c -> c.bucketExists(exists))) {
            return false;
        }
        String what = "making the bucket " + name;
        return unless(OURS_ALREADY, () -> s3.send(what, signedCreation(name), creation()));
    }

    /** By our own request, since the SDK's names the region even where it must not be named. */
    private URI signedCreation(String name) {
        return signer.sign(
                "PUT", config.endpoint(), name, "", Map.of(), Map.of(), Instant.now(), Duration.ofMinutes(5));
    }

    private String creation() {
        return config.region().equals(NO_CONSTRAINT)
                ? ""
                : "<CreateBucketConfiguration xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"><LocationConstraint>"
                        + config.region() + "</LocationConstraint></CreateBucketConfiguration>";
    }

    private boolean turnVersionsOn(String name) {
        GetBucketVersioningArgs get =
                GetBucketVersioningArgs.builder().bucket(name).build();
        VersioningConfiguration now =
                s3.await("asking for the versions of the bucket " + name, c -> c.getBucketVersioning(get));
        if (now.status() == VersioningConfiguration.Status.ENABLED) {
            return false;
        }
        SetBucketVersioningArgs set =
                SetBucketVersioningArgs.builder().bucket(name).config(VERSIONS).build();
        s3.await(
                "turning versions on in the bucket " + name + " (versitygw needs --versioning-dir for it)",
                c -> c.setBucketVersioning(set));
        return true;
    }

    @Override
    public boolean publishEvents(String name, String queue) {
        NotificationConfiguration.QueueConfiguration all = new NotificationConfiguration.QueueConfiguration(
                queue, "memoir", List.of("s3:ObjectCreated:*", "s3:ObjectRemoved:*"), null);
        SetBucketNotificationArgs args = SetBucketNotificationArgs.builder()
                .bucket(name)
                .config(new NotificationConfiguration(null, List.of(all), null, null))
                .build();
        return unless(
                NOT_OFFERED,
                () -> s3.await(
                        "asking for the events of the bucket " + name + " at " + queue,
                        c -> c.setBucketNotification(args)));
    }

    @Override
    public boolean allowOrigins(String name, List<String> origins) {
        CORSConfiguration.CORSRule rule = new CORSConfiguration.CORSRule(
                List.of("*"), List.of("GET", "HEAD", "PUT"), origins, List.of("ETag"), "memoir", 3600);
        SetBucketCorsArgs args = SetBucketCorsArgs.builder()
                .bucket(name)
                .config(new CORSConfiguration(List.of(rule)))
                .build();
        return unless(
                NOT_OFFERED,
                () -> s3.await("letting " + origins + " use the bucket " + name, c -> c.setBucketCors(args)));
    }

    @Override
    public void allowUploads(String name, String accessKey) {
        if (!ACCESS_KEY.matcher(accessKey).matches()) {
            throw new StoreException("the access key of the uploader holds characters that a policy can't name");
        }
        SetBucketPolicyArgs args = SetBucketPolicyArgs.builder()
                .bucket(name)
                .config(UPLOADS.formatted(accessKey, name, accessKey, name, accessKey, name))
                .build();
        s3.await("letting the account of an uploader use the bucket " + name, c -> c.setBucketPolicy(args));
    }

    @Override
    public boolean tier(String name, List<Tier> tiers) {
        return new BucketTiers(s3).set(name, tiers);
    }

    @Override
    public void encrypt(String name, String key) {
        new BucketEncryption(s3).set(name, key);
    }

    private static boolean unless(Set<String> codes, Runnable call) {
        try {
            call.run();
            return true;
        } catch (S3Calls.StoreRefusal refusal) {
            if (refusal.is(codes)) {
                return false;
            }
            throw refusal;
        }
    }
}
