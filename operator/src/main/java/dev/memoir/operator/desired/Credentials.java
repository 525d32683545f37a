package dev.memoir.operator.desired;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.memoir.operator.api.MemoirInstance;
import dev.memoir.operator.api.MemoirInstanceSpec.DeletionPolicy;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * What an instance's parts prove themselves to each other with. Made once: what is there stays, since a database on a kept
 * volume knows no other password.
 */
public final class Credentials {
    static final String DELIVERY_TOKEN = "delivery-token";
    static final String DATABASE_OWNER = "database-owner";
    static final String DATABASE_API = "database-api";
    static final String DATABASE_INGEST = "database-ingest";
    static final String STORE_ACCESS_KEY = "store-access-key";
    static final String STORE_SECRET_KEY = "store-secret-key";
    static final String PHONE_SECRET_KEY = "phone-secret-key";
    static final String QUEUE_PASSWORD = "queue-password";
    static final String QUEUE_USER = "memoir";

    /** nats-server's configuration, and versitygw's accounts: files with secrets in them. */
    static final String QUEUE_CONFIGURATION = "queue.conf";

    static final String STORE_ACCOUNTS = "users.json";

    private static final List<String> RANDOM = List.of(
            DELIVERY_TOKEN,
            DATABASE_OWNER,
            DATABASE_API,
            DATABASE_INGEST,
            STORE_ACCESS_KEY,
            STORE_SECRET_KEY,
            PHONE_SECRET_KEY,
            QUEUE_PASSWORD);

    private Credentials() {}

    /**
     * @param present what the secret holds now, decoded
     * @param random makes a secret without characters that need quoting anywhere
     */
    public static Secret complete(MemoirInstance instance, Map<String, String> present, Supplier<String> random) {
        Names names = new Names(instance);
        Map<String, String> all = new TreeMap<>();
        RANDOM.forEach(name -> all.put(name, present.containsKey(name) ? present.get(name) : random.get()));
        all.put(QUEUE_CONFIGURATION, queue(all.get(QUEUE_PASSWORD)));
        all.put(STORE_ACCOUNTS, accounts(all.get(PHONE_SECRET_KEY)));
        boolean goes = instance.getSpec().deletionPolicy() == DeletionPolicy.Delete;
        return new SecretBuilder()
                .withMetadata(
                        goes
                                ? names.owned(names.secrets(), names.labels())
                                : names.kept(names.secrets(), names.labels()))
                .withType("Opaque")
                .withData(SecretContent.encoded(all))
                .build();
    }

    /** What events are delivered with, and the runner is asked with. */
    public static String deliveryToken(Secret secret) {
        return SecretContent.of(secret).get(DELIVERY_TOKEN);
    }

    private static String queue(String password) {
        return """
                server_name: memoir
                port: %d
                https: 8222
                tls { cert_file: "/tls/tls.crt", key_file: "/tls/tls.key" }
                authorization { user: "%s", password: "%s" }
                jetstream { store_dir: "/data", max_memory_store: 8MB, sync_interval: "always" }
                max_payload: 1MB
                """.formatted(Connections.QUEUE_PORT, QUEUE_USER, password);
    }

    /** One account besides root: phones may add and read originals, and nothing else, by the bucket's policy. */
    private static String accounts(String secret) {
        ObjectNode all = JsonNodeFactory.instance.objectNode();
        all.putObject("accessAccounts")
                .putObject(Connections.UPLOADER)
                .put("access", Connections.UPLOADER)
                .put("secret", secret)
                .put("role", "user")
                .put("userID", 0)
                .put("groupID", 0)
                .put("projectID", 0);
        return all.toString();
    }
}
