package dev.memoir.events;

import dev.memoir.tls.Authority;
import io.nats.client.Options;
import java.util.Optional;

/**
 * Where the queue is, and whom to believe there.
 *
 * @param url {@code nats://} or, with TLS, {@code tls://}; with user and password
 * @param authority that its certificate must come from, in PEM format; without one all are believed that Java knows
 */
public record QueueAddress(String url, Optional<String> authority) {
    private static final String TLS = "tls://";

    /**
     * For a connection to it.
     *
     * @throws IllegalArgumentException when the authority is none
     */
    public Options.Builder options() {
        Options.Builder options = new Options.Builder().server(url);
        if (url.startsWith(TLS)) {
            Authority believed = authority.map(Authority::of).orElseGet(Authority::known);
            // Resolved beforehand, a name would be compared with the certificate as a number.
            options.sslContext(believed.context()).hostnameResolveMode(Options.HostnameResolveMode.HappyEyeballs);
        }
        return options;
    }

    @Override
    public String toString() {
        return "QueueAddress";
    }
}
