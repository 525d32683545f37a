package dev.memoir.runner.edge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ContentSecurityTest {
    private static final String ISSUER = "https://id.example.org/realms/home";

    @Test
    void aPageAsksItsStoreAndTheIssuerThatItLogsInAtAndNobodyElse() {
        Login login = Login.at(
                ISSUER,
                Optional.of("memoir"),
                Optional.empty(),
                List.of(URI.create("https://tokens.example.org/token"), URI.create(ISSUER + "/revoke")));
        assertEquals(
                "connect-src 'self' http://nas:7701 https://id.example.org https://tokens.example.org", connect(login));
    }

    @Test
    void whoBringsATokenAsksNoIssuer() {
        Login login = Login.at(ISSUER, Optional.empty(), Optional.empty(), List.of());
        assertEquals("connect-src 'self' http://nas:7701", connect(login));
    }

    @Test
    void onlyAScriptThatRunsModelsMayCompileWebAssembly() {
        Optional<URI> store = Optional.of(URI.create("http://nas:7701"));
        Login login = Login.at(ISSUER, Optional.empty(), Optional.empty(), List.of());
        assertFalse(ContentSecurity.policy(store, login).contains("wasm"));
        assertEquals(
                "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self' http://nas:7701;"
                        + " frame-ancestors 'none'",
                ContentSecurity.engine(store));
    }

    private static String connect(Login login) {
        String policy = ContentSecurity.policy(Optional.of(URI.create("http://nas:7701")), login);
        return Stream.of(policy.split("; "))
                .filter(part -> part.startsWith("connect-src"))
                .findFirst()
                .orElseThrow();
    }
}
