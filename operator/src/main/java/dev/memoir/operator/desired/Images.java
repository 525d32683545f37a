package dev.memoir.operator.desired;

/**
 * The images of the operator's own version.
 *
 * @param models the custodian with the models beside it
 * @param versitygw the managed store, unless MinIO is wished for
 * @param minio the other managed store
 * @param queue nats-server
 */
public record Images(
        String api,
        String postprocessor,
        String ai,
        String runner,
        String custodian,
        String models,
        String versitygw,
        String minio,
        String queue,
        String database) {

    /** All from one place and of one version, under the names that {@code memoir images} gives them. */
    public static Images of(String prefix, String tag) {
        return new Images(
                name(prefix, "api", tag),
                name(prefix, "postprocessor", tag),
                name(prefix, "ai", tag),
                name(prefix, "runner", tag),
                name(prefix, "custodian", tag),
                name(prefix, "models", tag),
                name(prefix, "versitygw", tag),
                name(prefix, "minio", tag),
                name(prefix, "nats", tag),
                name(prefix, "postgresql", tag));
    }

    private static String name(String prefix, String program, String tag) {
        return prefix + "/memoir-" + program + ":" + tag;
    }
}
