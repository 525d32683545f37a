package dev.memoir.runner.local;

import dev.memoir.identity.BearerVerifier;
import dev.memoir.identity.ClaimNames;
import dev.memoir.identity.HouseTokens;
import dev.memoir.identity.TokenIssuer;
import dev.memoir.identity.TokenKeys;
import dev.memoir.runner.Settings.Mistake;
import dev.memoir.runner.Values;
import dev.memoir.runner.edge.Login;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Whom this machine believes: its own house, and besides it the issuer that {@code identity.issuer} names. With such an issuer
 * the house has no people of its own; its key still signs for whoever has this machine ({@code memoir token}).
 */
final class Identity {
    private static final String ISSUER = "identity.issuer";

    private final TokenKeys keys;
    private final Path folder;
    private final Optional<Elsewhere> elsewhere;

    private record Elsewhere(
            OidcIssuer oidc,
            String issuer,
            String audience,
            Path jwks,
            ClaimNames names,
            Map<String, String> claims,
            Optional<String> client,
            Optional<String> scope) {}

    private Identity(TokenKeys keys, Path folder, Optional<Elsewhere> elsewhere) {
        this.keys = keys;
        this.folder = folder;
        this.elsewhere = elsewhere;
    }

    /**
     * @param folder of secrets
     * @throws Mistake when the settings don't go together
     */
    static Identity of(Values values, Path folder) throws IOException, Mistake {
        TokenKeys keys = TokenKeys.in(folder);
        Optional<String> issuer = setting(values, ISSUER);
        if (issuer.isEmpty()) {
            for (String name : values.named().keySet()) {
                if (name.startsWith("identity.")) {
                    throw new Mistake(name + " is about an issuer, and " + ISSUER + " names none");
                }
            }
            return new Identity(keys, folder, Optional.empty());
        }
        String audience = setting(values, "identity.audience")
                .orElseThrow(() -> new Mistake("identity.audience is missing: what the tokens of " + issuer.get()
                        + " must be for, such as the client's id"));
        Path jwks = folder.resolve("issuer-jwks.json");
        return new Identity(
                keys,
                folder,
                Optional.of(new Elsewhere(
                        new OidcIssuer(issuer.get(), jwks),
                        issuer.get(),
                        audience,
                        jwks,
                        names(values),
                        claims(values),
                        setting(values, "identity.clientId"),
                        setting(values, "identity.scope"))));
    }

    private static ClaimNames names(Values values) throws Mistake {
        Map<String, String> claims = claims(values);
        try {
            return ClaimNames.of(
                    Optional.ofNullable(claims.get("MEMOIR_CLAIM_SUBJECT")),
                    Optional.ofNullable(claims.get("MEMOIR_CLAIM_GROUPS")),
                    Optional.ofNullable(claims.get("MEMOIR_CLAIM_ATTRIBUTES")));
        } catch (IllegalArgumentException e) {
            throw new Mistake(e.getMessage()
                    .replace("MEMOIR_CLAIM_SUBJECT", "identity.subject")
                    .replace("MEMOIR_CLAIM_GROUPS", "identity.groups")
                    .replace("MEMOIR_CLAIM_ATTRIBUTES", "identity.attributes"));
        }
    }

    private static Map<String, String> claims(Values values) {
        Map<String, String> claims = new TreeMap<>();
        setting(values, "identity.subject").ifPresent(path -> claims.put("MEMOIR_CLAIM_SUBJECT", path));
        setting(values, "identity.groups").ifPresent(paths -> claims.put("MEMOIR_CLAIM_GROUPS", paths));
        setting(values, "identity.attributes").ifPresent(paths -> claims.put("MEMOIR_CLAIM_ATTRIBUTES", paths));
        return claims;
    }

    private static Optional<String> setting(Values values, String name) {
        return Optional.ofNullable(values.named().get(name)).map(String::strip);
    }

    /** @throws IOException when the issuer has never been reached */
    void start() throws IOException {
        if (elsewhere.isPresent()) {
            elsewhere.get().oidc().find();
            elsewhere.get().oidc().keep();
        }
    }

    void stop() {
        elsewhere.ifPresent(there -> there.oidc().stop());
    }

    /** What the API is told. */
    Map<String, String> environment() {
        Map<String, String> environment = new TreeMap<>();
        if (elsewhere.isPresent()) {
            Elsewhere there = elsewhere.get();
            environment.put("MEMOIR_JWKS", there.jwks().toString());
            environment.put("MEMOIR_ISSUER", there.issuer());
            environment.put("MEMOIR_AUDIENCE", there.audience());
            environment.putAll(there.claims());
            environment.put("MEMOIR_HOUSE_JWKS", keys.jwksFile().toString());
        } else {
            environment.put("MEMOIR_JWKS", keys.jwksFile().toString());
            environment.put("MEMOIR_ISSUER", HouseTokens.ISSUER);
            environment.put("MEMOIR_AUDIENCE", HouseTokens.BEARERS);
            environment.put("MEMOIR_HOUSE_KEYS", folder.toString());
        }
        return environment;
    }

    /** What the edge believes. The issuer must have been found. */
    BearerVerifier verifier() {
        BearerVerifier house = BearerVerifier.of(keys.publicJwks(), HouseTokens.ISSUER, HouseTokens.BEARERS);
        return elsewhere
                .map(there -> BearerVerifier.of(
                                there.jwks().toString(), there.issuer(), there.audience(), there.names())
                        .onUnknownKey(there.oidc()::lookSoon)
                        .or(house))
                .orElse(house);
    }

    Login login() {
        return elsewhere
                .map(there -> Login.at(
                        there.issuer(),
                        there.client(),
                        there.scope(),
                        there.oidc().others()))
                .orElseGet(() -> new Login.House(new HouseTokens(keys), new HouseTokens.Reader(keys.publicJwks())));
    }

    TokenIssuer tokens() {
        return new TokenIssuer(keys, HouseTokens.ISSUER, HouseTokens.BEARERS);
    }

    String publicKeys() {
        return keys.publicJwks();
    }
}
