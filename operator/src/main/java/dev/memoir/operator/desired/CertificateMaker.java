package dev.memoir.operator.desired;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Makes keys and signs certificates; how is no matter of what is desired. */
public interface CertificateMaker {
    /**
     * A certificate and its key, in PEM format.
     *
     * @param key PKCS #8
     */
    record Pair(String certificate, String key) {
        @Override
        public String toString() {
            return "Pair";
        }
    }

    /** From when to when a certificate is valid. */
    record Validity(Instant from, Instant until) {}

    /**
     * An authority, signed by itself.
     *
     * @param before whose key it goes on with; without one it gets a new key
     */
    Pair authority(String name, Optional<Pair> before, Validity validity);

    /**
     * A server's certificate with a key of its own.
     *
     * @param hosts that it is for
     */
    Pair server(String name, List<String> hosts, Pair authority, Validity validity);
}
