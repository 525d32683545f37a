package dev.memoir.runner;

import dev.memoir.events.QueueAddress;
import dev.memoir.identity.BearerVerifier;
import dev.memoir.identity.ClaimNames;
import dev.memoir.runner.Settings.Mistake;
import dev.memoir.runner.admin.Admin;
import dev.memoir.runner.admin.Certificate;
import dev.memoir.runner.delivery.Delivery;
import dev.memoir.runner.delivery.Post;
import dev.memoir.runner.delivery.Troubles;
import dev.memoir.runner.edge.Edge;
import dev.memoir.runner.edge.Login;
import dev.memoir.runner.hosts.RemoteFunction;
import dev.memoir.runner.hosts.RemoteUrl;
import dev.memoir.runner.metrics.Metrics;
import dev.memoir.runner.traces.Traces;
import dev.memoir.tls.Authority;
import io.nats.client.JetStreamApiException;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Edge and delivery alone, where somebody else starts the functions and keeps store, queue and database: in a cluster.
 * Everything it must know comes by the environment; several may run side by side, since they share the queue's consumers.
 */
public final class Gateway {
    private static final Logger LOG = System.getLogger(Gateway.class.getName());
    private static final Duration DRAIN = Duration.ofSeconds(20);

    /** Where the image has the web client. */
    private static final Path PAGES = Path.of("/app/web");

    private static final Duration QUEUE_AGAIN = Duration.ofSeconds(2);

    private final Addresses addresses;
    private final Values values;
    private final Vertx vertx = Loop.open();
    private final Troubles troubles = new Troubles();
    private final Metrics metrics = new Metrics();
    private final Traces traces;
    private Edge edge;
    private Thread opening;
    private Delivery delivery;
    private volatile boolean stopped;

    private Gateway(Addresses addresses, Values values) {
        this.addresses = addresses;
        this.values = values;
        this.traces = Limits.traces(values);
    }

    /**
     * Where everything is.
     *
     * @param host that edge and admin API listen on
     * @param port of the edge
     * @param adminPort of the admin API
     * @param certificate of the admin API, if it serves with TLS
     * @param token of deliveries and of the admin API
     * @param store the store's address for browsers
     * @param jwks the issuer's public keys, or a file that holds them
     * @param login how pages let people in
     */
    record Addresses(
            String host,
            int port,
            int adminPort,
            URI api,
            URI postprocessor,
            URI ai,
            Optional<Certificate> certificate,
            QueueAddress queue,
            String originals,
            Optional<URI> store,
            String token,
            String jwks,
            String issuer,
            String audience,
            ClaimNames claims,
            Login login) {
        static Addresses of(Map<String, String> environment) throws Mistake {
            return new Addresses(
                    named(environment, "MEMOIR_HOST").orElse("127.0.0.1"),
                    port(environment, "PORT", 7700),
                    port(environment, "MEMOIR_ADMIN_PORT", 7702),
                    address(environment, "MEMOIR_FUNCTION_API"),
                    address(environment, "MEMOIR_FUNCTION_POSTPROCESSOR"),
                    address(environment, "MEMOIR_FUNCTION_AI"),
                    certificate(environment),
                    queue(environment),
                    named(environment, "MEMOIR_S3_ORIGINALS").orElse("originals"),
                    store(environment),
                    required(environment, "MEMOIR_DELIVERY_TOKEN"),
                    required(environment, "MEMOIR_JWKS"),
                    required(environment, "MEMOIR_ISSUER"),
                    required(environment, "MEMOIR_AUDIENCE"),
                    claims(environment),
                    login(environment));
        }

        private static Login login(Map<String, String> environment) throws Mistake {
            return Login.at(
                    required(environment, "MEMOIR_ISSUER"),
                    named(environment, "MEMOIR_CLIENT_ID"),
                    named(environment, "MEMOIR_SCOPE"),
                    List.of());
        }

        private static Optional<URI> store(Map<String, String> environment) throws Mistake {
            Optional<String> named = named(environment, "MEMOIR_S3_PUBLIC_ENDPOINT");
            return named.isEmpty() ? Optional.empty() : Optional.of(parsed(named.get(), "MEMOIR_S3_PUBLIC_ENDPOINT"));
        }

        private static ClaimNames claims(Map<String, String> environment) throws Mistake {
            try {
                return ClaimNames.of(
                        named(environment, "MEMOIR_CLAIM_SUBJECT"),
                        named(environment, "MEMOIR_CLAIM_GROUPS"),
                        named(environment, "MEMOIR_CLAIM_ATTRIBUTES"));
            } catch (IllegalArgumentException e) {
                throw new Mistake(e.getMessage());
            }
        }

        private static Optional<String> named(Map<String, String> environment, String name) {
            return Optional.ofNullable(environment.get(name)).map(String::strip).filter(value -> !value.isEmpty());
        }

        private static String required(Map<String, String> environment, String name) throws Mistake {
            return named(environment, name)
                    .orElseThrow(() -> new Mistake(name + " is not set; docs/configuration.md says what it means"));
        }

        private static QueueAddress queue(Map<String, String> environment) throws Mistake {
            Optional<String> authority = named(environment, "MEMOIR_NATS_CA");
            try {
                authority.ifPresent(Authority::of);
            } catch (IllegalArgumentException e) {
                throw new Mistake("MEMOIR_NATS_CA: " + e.getMessage());
            }
            return new QueueAddress(required(environment, "MEMOIR_NATS_URL"), authority);
        }

        private static Optional<Certificate> certificate(Map<String, String> environment) throws Mistake {
            return named(environment, "MEMOIR_ADMIN_CERTIFICATE").isEmpty()
                    ? Optional.empty()
                    : Optional.of(new Certificate(
                            required(environment, "MEMOIR_ADMIN_CERTIFICATE"),
                            required(environment, "MEMOIR_ADMIN_KEY")));
        }

        private static URI address(Map<String, String> environment, String name) throws Mistake {
            String text = required(environment, name);
            URI address = parsed(text, name);
            if (!"http".equals(address.getScheme()) || address.getHost() == null) {
                throw new Mistake(
                        name + " must be an address such as http://api.photos.svc.cluster.local, not " + text);
            }
            return address;
        }

        private static URI parsed(String text, String name) throws Mistake {
            try {
                return URI.create(text);
            } catch (IllegalArgumentException e) {
                throw new Mistake(name + " is no address: " + text);
            }
        }

        private static int port(Map<String, String> environment, String name, int otherwise) throws Mistake {
            String text = named(environment, name).orElse(Integer.toString(otherwise));
            try {
                return Integer.parseInt(text);
            } catch (NumberFormatException e) {
                throw new Mistake(name + " must be a port, not " + text);
            }
        }

        @Override
        public String toString() {
            return "Addresses[" + host + ":" + port + "]";
        }
    }

    /**
     * Lets people in, and begins to deliver as soon as the queue answers.
     *
     * @param arguments only {@code --set NAME=VALUE}
     * @throws Mistake what the person who starts it must change first
     */
    public static Gateway start(Map<String, String> environment, String... arguments)
            throws Mistake, IOException, InterruptedException {
        Gateway gateway = new Gateway(Addresses.of(environment), values(arguments));
        try {
            gateway.open();
            return gateway;
        } catch (Mistake | IOException | InterruptedException | RuntimeException e) {
            gateway.stop();
            throw e;
        }
    }

    private static Values values(String... arguments) throws Mistake {
        Map<String, String> values = new TreeMap<>();
        for (int i = 0; i < arguments.length; i += 2) {
            if (!arguments[i].equals("--set") || i + 1 == arguments.length) {
                throw new Mistake("with --remote there is only --set NAME=VALUE, not " + arguments[i]);
            }
            Values.put(values, arguments[i + 1]);
        }
        return new Values(values);
    }

    private void open() throws Mistake, IOException, InterruptedException {
        HttpClient client = Loop.client(vertx);
        Post post = new Post(client, addresses.token(), Limits.work(values));
        Delivery.Tuning tuning = Limits.delivery(values);
        edge = new Edge(
                vertx,
                client,
                new RemoteUrl("api", addresses.api()),
                addresses.token(),
                verifier(),
                addresses.login(),
                Optional.empty(),
                Limits.edge(values, PAGES, addresses.store(), Optional.empty()),
                metrics);
        Loop.await(edge.listen(addresses.host(), addresses.port(), Optional.empty()));
        opening = Thread.ofVirtual().name("open-queue").start(() -> openQueue(client, post, tuning));
    }

    private BearerVerifier verifier() throws Mistake {
        try {
            return BearerVerifier.of(addresses.jwks(), addresses.issuer(), addresses.audience(), addresses.claims());
        } catch (IllegalArgumentException e) {
            throw new Mistake("MEMOIR_JWKS: " + e.getMessage());
        }
    }

    private void openQueue(HttpClient client, Post post, Delivery.Tuning tuning) {
        try {
            Delivery begun = deliver(client, post, tuning);
            synchronized (this) {
                delivery = begun;
            }
            troubles.clear("queue");
            LOG.log(Level.INFO, "events are delivered");
            Loop.await(Admin.listenForQueue(
                    vertx,
                    addresses.host(),
                    addresses.adminPort(),
                    addresses.certificate(),
                    addresses.token(),
                    begun,
                    metrics));
        } catch (InterruptedException stopping) {
            // nothing was taken yet
        } catch (IOException e) {
            LOG.log(Level.ERROR, "nobody can ask how the queue is: {0}", e.getMessage());
        }
    }

    /** The queue may come later than this program, and its streams are made by the custodian. */
    private Delivery deliver(HttpClient client, Post post, Delivery.Tuning tuning) throws InterruptedException {
        // The queue's client turns an interruption into an error of its own, so the thread alone doesn't know.
        while (!stopped) {
            try {
                return Delivery.start(
                        addresses.queue(),
                        addresses.originals(),
                        new RemoteFunction(new RemoteUrl("postprocessor", addresses.postprocessor()), client),
                        new RemoteFunction(new RemoteUrl("ai", addresses.ai()), client),
                        post,
                        tuning,
                        new Delivery.Observers(troubles, metrics, traces),
                        () -> LOG.log(
                                Level.WARNING,
                                "the queue was away: what the store said meanwhile waits for the next sweep"));
            } catch (IOException | JetStreamApiException e) {
                troubles.report("queue", "no events are delivered yet: " + e.getMessage());
                Thread.sleep(QUEUE_AGAIN);
            }
        }
        throw new InterruptedException("the runner is stopping");
    }

    /** Where the edge listens. */
    public String address() {
        return "http://" + addresses.host() + ":" + addresses.port();
    }

    /** Takes nothing new, and lets what is under way finish for a while. */
    public void stop() {
        synchronized (this) {
            if (stopped) {
                return;
            }
            stopped = true;
        }
        try {
            if (opening != null) {
                opening.interrupt();
                opening.join();
            }
            if (edge != null) {
                Loop.await(edge.close());
            }
            if (delivery != null) {
                delivery.close(DRAIN);
            }
            traces.close();
            Loop.await(vertx.close());
        } catch (IOException e) {
            LOG.log(Level.WARNING, "stopping was not tidy: {0}", e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
