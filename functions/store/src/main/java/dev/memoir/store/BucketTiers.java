package dev.memoir.store;

import io.minio.DeleteBucketLifecycleArgs;
import io.minio.GetBucketLifecycleArgs;
import io.minio.SetBucketLifecycleArgs;
import io.minio.messages.Filter;
import io.minio.messages.LifecycleConfiguration;
import io.minio.messages.LifecycleConfiguration.Rule;
import io.minio.messages.LifecycleConfiguration.Transition;
import io.minio.messages.Status;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A bucket's lifecycle rules that move objects to colder classes. Rules that somebody else made stay. What is smaller than
 * 128 KiB, such as sidecars, Amazon S3 leaves where it is of its own accord.
 */
final class BucketTiers {
    /** Our rules' names begin so. */
    private static final String OURS = "memoir-tier-";

    private static final Set<String> NONE = Set.of("NoSuchLifecycleConfiguration", "NotImplemented");

    private final S3Calls s3;

    BucketTiers(S3Calls s3) {
        this.s3 = s3;
    }

    boolean set(String bucket, List<Tier> tiers) {
        List<Rule> before = rules(bucket);
        List<Rule> after =
                new ArrayList<>(before.stream().filter(rule -> !isOurs(rule)).toList());
        tiers.forEach(tier -> after.add(rule(tier)));
        if (describe(before).equals(describe(after))) {
            return false;
        }
        if (after.isEmpty()) {
            DeleteBucketLifecycleArgs args =
                    DeleteBucketLifecycleArgs.builder().bucket(bucket).build();
            s3.await("removing the tiers of the bucket " + bucket, c -> c.deleteBucketLifecycle(args));
            return true;
        }
        SetBucketLifecycleArgs args = SetBucketLifecycleArgs.builder()
                .bucket(bucket)
                .config(new LifecycleConfiguration(after))
                .build();
        s3.await(
                "moving what gets older in the bucket " + bucket + " to " + tiers
                        + " (the store must know these classes)",
                c -> c.setBucketLifecycle(args));
        return true;
    }

    private List<Rule> rules(String bucket) {
        GetBucketLifecycleArgs args =
                GetBucketLifecycleArgs.builder().bucket(bucket).build();
        try {
            return Optional.ofNullable(
                            s3.await("asking for the tiers of the bucket " + bucket, c -> c.getBucketLifecycle(args)))
                    .map(LifecycleConfiguration::rules)
                    .orElse(List.of());
        } catch (S3Calls.StoreRefusal refusal) {
            if (refusal.is(NONE)) {
                return List.of();
            }
            throw refusal;
        }
    }

    private static Rule rule(Tier tier) {
        return new Rule(
                Status.ENABLED,
                null,
                null,
                new Filter(""),
                OURS + tier.afterDays(),
                null,
                null,
                new Transition((ZonedDateTime) null, tier.afterDays(), tier.storageClass()));
    }

    private static boolean isOurs(Rule rule) {
        return rule.id() != null && rule.id().startsWith(OURS);
    }

    /** What tells two sets of rules apart that differ in ours alone. */
    private static List<String> describe(List<Rule> rules) {
        return rules.stream()
                .map(rule -> rule.id()
                        + (isOurs(rule)
                                ? " " + rule.transition().days() + " "
                                        + rule.transition().storageClass()
                                : ""))
                .sorted()
                .toList();
    }
}
