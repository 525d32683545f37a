package dev.memoir.store;

import java.util.List;

/** What a store needs once before anything is kept in it. Every method may be called again. */
public interface Buckets {

    /**
     * Makes the bucket when it isn't there, and turns versions on when asked to (never off).
     *
     * @return whether anything had to be done
     */
    boolean ensure(String name, boolean versioned);

    /**
     * Asks the store to publish every creation and removal in the bucket.
     *
     * @param queue the target as the store names it, for instance {@code arn:minio:sqs::PRIMARY:nats}
     * @return false when this store publishes for all of its buckets, so that there is nothing to ask for
     */
    boolean publishEvents(String name, String queue);

    /**
     * Lets pages of these origins read and upload with signed addresses.
     *
     * @return false when the store does not take such rules by bucket (MinIO answers every origin)
     */
    boolean allowOrigins(String name, List<String> origins);

    /**
     * Lets another account of the store, such as a phone's, add and read photos and nothing else: it can't remove any, nor
     * reach the library's documents, and a version that it overwrites stays. Replaces the bucket's policy.
     *
     * @param accessKey of an account that the store knows (versitygw takes the access key as the principal)
     */
    void allowUploads(String name, String accessKey);

    /**
     * Has the store move objects to colder classes as they get older. Other rules of the bucket stay, and so
     * does what has moved already.
     *
     * @param tiers all of them; none takes those back that were set before
     * @return whether anything had to be done
     * @throws StoreException when the store has no such rules or does not know a class
     */
    boolean tier(String name, List<Tier> tiers);

    /**
     * Has the store encrypt every new object with a key of its key service (SSE-KMS), and looks with an object of its own
     * whether it does.
     *
     * @param key its name, or its ARN where the store uses those
     * @throws StoreException when it does not
     */
    void encrypt(String name, String key);
}
