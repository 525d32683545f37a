package dev.memoir.runner.edge;

import dev.memoir.identity.BearerVerifier;
import dev.memoir.identity.InvalidToken;
import dev.memoir.identity.KeyTokens;
import dev.memoir.identity.LinkTokens;
import dev.memoir.media.Claims;
import dev.memoir.runner.hosts.FunctionHost;
import dev.memoir.runner.metrics.Metrics;
import dev.memoir.runner.metrics.Question;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.KeyCertOptions;
import io.vertx.core.net.SSLOptions;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * The HTTP server for people: {@code /graphql} to the API function, {@code /login/}, {@code /share/}, {@code /healthz}, and static files.
 * A request without a valid token ends here and wakes nothing, but for the few of {@link LoginDoor} and {@link ShareDoor}. Neither tokens nor queries are logged.
 */
public final class Edge {
    private static final String BEARER = "Bearer ";

    private static final String AUTHORITY = "/authority.crt";

    private static final String REQUEST_ID = "X-Request-Id";

    /**
     * @param bodyLimit bytes of a request's body
     * @param patience how long a request waits for the function to start
     * @param perSubject for those who are known
     * @param perAddress for everybody, before anything is looked at
     * @param loginPerAddress of logins from one address
     * @param loginBudget of all logins of people who are not known yet
     * @param shares of those who come by links
     * @param pages folder of static files
     * @param store the store's address for browsers: besides the edge, pages get pictures from there alone
     * @param authority certificate, in PEM format, that devices are to trust, for whoever asks
     */
    public record Rules(
            long bodyLimit,
            Duration patience,
            RateLimit perSubject,
            RateLimit perAddress,
            RateLimit loginPerAddress,
            RateLimit loginBudget,
            ShareDoor.Limits shares,
            Optional<Path> pages,
            Optional<URI> store,
            Optional<Path> authority) {}

    private final BearerVerifier verifier;
    private final Rules rules;
    private final Pages pages;
    private final LoginDoor login;
    private final AdministrationDoor administration;
    private final String contentSecurity;
    private final String engineSecurity;
    private final Metrics metrics;
    private final Passage passage;
    private final ShareDoor shares;
    private final KeyDoor keys;
    private final List<HttpServer> servers = new ArrayList<>();
    private final List<HttpServer> secured = new ArrayList<>();
    private final Vertx vertx;

    /**
     * @param deliveryToken with which the API believes that it is us who ask
     * @param office what administrators may have done; empty where nobody administers by this edge
     */
    public Edge(
            Vertx vertx,
            HttpClient client,
            FunctionHost api,
            String deliveryToken,
            BearerVerifier verifier,
            Login login,
            Optional<Office> office,
            Rules rules,
            Metrics metrics)
            throws IOException {
        this.verifier = verifier;
        this.rules = rules;
        this.metrics = metrics;
        this.pages = new Pages(rules.pages());
        LoginRelay relay = new LoginRelay(api, deliveryToken, client, rules.patience(), metrics);
        this.passage = new Passage(api, client, rules.patience(), metrics);
        this.shares = new ShareDoor(new LinkTokens(deliveryToken), relay, passage, deliveryToken, rules.shares());
        this.login = new LoginDoor(
                login, relay, new LoginDoor.Limits(rules.loginPerAddress(), rules.perSubject(), rules.loginBudget()));
        this.keys = new KeyDoor(login, new KeyTokens(deliveryToken), relay, rules.perSubject());
        this.administration = new AdministrationDoor(office, verifier, login, keys, relay, rules.perSubject(), pages);
        this.contentSecurity = ContentSecurity.policy(rules.store(), login);
        this.engineSecurity = ContentSecurity.engine(rules.store());
        this.vertx = vertx;
    }

    /**
     * Completes when it listens there, too.
     *
     * @param certificate without one it serves without TLS
     */
    public Future<HttpServer> listen(String host, int port, Optional<KeyCertOptions> certificate) {
        HttpServerOptions options = new HttpServerOptions()
                .setMaxHeaderSize(16 << 10)
                .setHttp2ClearTextEnabled(false)
                .setAlpnVersions(List.of(HttpVersion.HTTP_1_1))
                .setIdleTimeout(120)
                .setCompressionSupported(false);
        certificate.ifPresent(shown -> options.setSsl(true).setKeyCertOptions(shown));
        HttpServer server = vertx.createHttpServer(options).requestHandler(this::handle);
        servers.add(server);
        certificate.ifPresent(shown -> secured.add(server));
        return server.listen(port, host);
    }

    /** From now on it shows this certificate where it serves with TLS. */
    public void renew(KeyCertOptions certificate) {
        secured.forEach(server -> server.updateSSLOptions(new SSLOptions().setKeyCertOptions(certificate)));
    }

    public Future<Void> close() {
        return Future.all(servers.stream().map(HttpServer::close).toList()).mapEmpty();
    }

    private void handle(HttpServerRequest request) {
        HttpServerResponse response = request.response();
        String id = UUID.randomUUID().toString();
        String path = request.path() == null ? "" : request.path();
        request.headers().set(REQUEST_ID, id);
        response.putHeader(REQUEST_ID, id)
                .putHeader("X-Content-Type-Options", "nosniff")
                .putHeader("X-Frame-Options", "DENY")
                .putHeader("Referrer-Policy", "no-referrer")
                .putHeader(
                        "Content-Security-Policy",
                        path.startsWith(ContentSecurity.ENGINES) ? engineSecurity : contentSecurity);
        Question question = metrics.question(Metrics.EDGE);
        response.endHandler(nothing -> question.answered(response.getStatusCode()));
        if (!rules.perAddress().allows(request.remoteAddress().hostAddress())) {
            refuse(request, 429, "too many requests from this address", Duration.ofSeconds(1));
            return;
        }
        if (path.startsWith("/login/")) {
            login.answer(request);
            return;
        }
        if (path.startsWith(AdministrationDoor.PATH)) {
            administration.answer(request);
            return;
        }
        if (path.equals(ShareDoor.PAGE) || path.startsWith(ShareDoor.PATH)) {
            response.putHeader("Content-Security-Policy", ContentSecurity.guests());
        }
        if (path.startsWith(ShareDoor.PATH)) {
            shares.answer(request);
            return;
        }
        switch (path) {
            case "/healthz" ->
                response.endHandler(probed -> {})
                        .putHeader("Content-Type", "text/plain")
                        .end("ok\n");
            case "/ready" ->
                response.endHandler(probed -> {}).setStatusCode(204).end();
            case "/graphql" -> graphql(request);
            case AUTHORITY -> authority(request);
            default -> pages.answer(request);
        }
    }

    private void authority(HttpServerRequest request) {
        if (rules.authority().isEmpty() || request.method() != HttpMethod.GET) {
            pages.answer(request);
            return;
        }
        request.response()
                .putHeader(HttpHeaders.CONTENT_TYPE, "application/x-x509-ca-cert")
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-cache")
                .sendFile(rules.authority().get().toString());
    }

    private void graphql(HttpServerRequest request) {
        if (request.method() != HttpMethod.POST && request.method() != HttpMethod.GET) {
            request.response().putHeader("Allow", "GET, POST");
            refuse(request, 405, "only GET and POST", Duration.ZERO);
            return;
        }
        Optional<String> key = KeyDoor.shown(request);
        if (key.isPresent()) {
            if (bodyFits(request)) {
                keys.exchange(request, key.get()).onSuccess(exchanged -> graphql(request, exchanged));
            }
            return;
        }
        Optional<Claims> claims = known(request);
        if (claims.isEmpty()) {
            return;
        }
        if (!rules.perSubject().allows(claims.get().subject())) {
            refuse(request, 429, "too many requests", Duration.ofSeconds(1));
        } else if (bodyFits(request)) {
            passage.ask(request, headers -> {}, refused(request), () -> {});
        }
    }

    private void graphql(HttpServerRequest request, LoginRelay.Exchange exchanged) {
        if (exchanged.token().isPresent()) {
            String bearer = BEARER + exchanged.token().get();
            passage.ask(request, headers -> headers.set(HttpHeaders.AUTHORIZATION, bearer), refused(request), () -> {});
            return;
        }
        if (exchanged.status() == 401) {
            unknown(request, exchanged.message());
        } else {
            refuse(request, exchanged.status(), exchanged.message(), exchanged.retryAfter());
        }
        request.resume();
    }

    private static void unknown(HttpServerRequest request, String reason) {
        request.response().putHeader("WWW-Authenticate", "Bearer");
        refuse(request, 401, reason, Duration.ZERO);
    }

    /** Answers 401 itself when nobody is known. */
    private Optional<Claims> known(HttpServerRequest request) {
        Optional<String> token = bearer(request);
        String reason = "a bearer token is needed (memoir token makes one)";
        if (token.isPresent()) {
            try {
                return Optional.of(verifier.verify(token.get()));
            } catch (InvalidToken e) {
                reason = e.getMessage();
            }
        }
        unknown(request, reason);
        return Optional.empty();
    }

    /** The token that somebody shows. */
    static Optional<String> bearer(HttpServerRequest request) {
        return Optional.ofNullable(request.getHeader(HttpHeaders.AUTHORIZATION))
                .filter(shown -> shown.regionMatches(true, 0, BEARER, 0, BEARER.length()))
                .map(shown -> shown.substring(BEARER.length()).strip());
    }

    /** A stated length is asked for, so that a body that is too long is refused before it is read. */
    private boolean bodyFits(HttpServerRequest request) {
        if (request.method() == HttpMethod.GET) {
            return true;
        }
        String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        if (length == null) {
            refuse(request, 411, "send the body with a Content-Length", Duration.ZERO);
            return false;
        }
        // netty has already refused what is no number
        if (Long.parseLong(length) > rules.bodyLimit()) {
            refuse(request, 413, "a request's body has at most " + rules.bodyLimit() + " bytes", Duration.ZERO);
            return false;
        }
        return true;
    }

    private static Passage.Refusal refused(HttpServerRequest request) {
        return (status, message, retryAfter) -> refuse(request, status, message, retryAfter);
    }

    /** In the form that GraphQL clients show. */
    private static void refuse(HttpServerRequest request, int status, String message, Duration retryAfter) {
        HttpServerResponse response = request.response();
        if (response.closed() || response.ended()) {
            return;
        }
        if (retryAfter.isPositive()) {
            response.putHeader("Retry-After", Long.toString(Math.max(1, retryAfter.toSeconds())));
        }
        response.setStatusCode(status)
                .putHeader("Content-Type", "application/json")
                .end(new JsonObject()
                        .put("errors", List.of(new JsonObject().put("message", message)))
                        .encode());
    }
}
