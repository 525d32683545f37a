package dev.memoir.runner.edge;

import dev.memoir.identity.HouseTokens;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** How people of this installation log in, as {@code GET /login/config.json} tells pages. */
public sealed interface Login {
    /**
     * The house has people of its own; the API function knows them.
     *
     * @param tokens for challenges, which nobody else is asked for
     */
    record House(HouseTokens tokens, HouseTokens.Reader reader) implements Login {
        @Override
        public String toString() {
            return "House[…]";
        }
    }

    /**
     * By an issuer elsewhere.
     *
     * @param clientId that pages are registered under there
     * @param scope that pages ask for besides {@code openid}
     * @param origins that pages ask: the issuer's own, and where it gives out tokens
     */
    record Oidc(String issuer, String clientId, Optional<String> scope, Set<String> origins) implements Login {}

    /** There is an issuer, but nothing that pages could log in by: people bring a token. */
    record Token() implements Login {}

    /**
     * By an issuer elsewhere, as far as pages are registered there.
     *
     * @param others addresses of the issuer's besides itself
     */
    static Login at(String issuer, Optional<String> clientId, Optional<String> scope, Collection<URI> others) {
        Set<String> origins = Stream.concat(Stream.of(URI.create(issuer)), others.stream())
                .map(address -> address.getScheme() + "://" + address.getRawAuthority())
                .collect(Collectors.toCollection(TreeSet::new));
        return clientId.<Login>map(client -> new Oidc(issuer, client, scope, origins))
                .orElseGet(Token::new);
    }

    default JsonObject config() {
        return switch (this) {
            case House house -> new JsonObject().put("kind", "house");
            case Oidc oidc -> {
                JsonObject config = new JsonObject()
                        .put("kind", "oidc")
                        .put("issuer", oidc.issuer())
                        .put("clientId", oidc.clientId());
                oidc.scope().ifPresent(scope -> config.put("scope", scope));
                yield config;
            }
            case Token token -> new JsonObject().put("kind", "token");
        };
    }
}
