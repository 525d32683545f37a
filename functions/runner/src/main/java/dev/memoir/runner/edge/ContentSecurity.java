package dev.memoir.runner.edge;

import java.net.URI;
import java.util.Optional;

/** What a page may load, as browsers enforce it (W3C, Content Security Policy Level 3). */
final class ContentSecurity {
    /** How the names of the scripts begin that run beside a page and may compile WebAssembly. */
    static final String ENGINES = "/assets/engine.worker-";

    private ContentSecurity() {}

    /** For who comes by a link: nothing from elsewhere, and nothing to send but questions. */
    static String guests() {
        return String.join(
                "; ",
                "default-src 'none'",
                "script-src 'self'",
                "style-src 'self'",
                "img-src 'self' data:",
                "media-src 'self'",
                "connect-src 'self'",
                "form-action 'none'",
                "base-uri 'none'",
                "frame-ancestors 'none'");
    }

    /**
     * Scripts and styles are files of ours and nothing in line. Pictures and videos come from the store, where uploads go to;
     * placeholders are drawn by the page itself. Besides the store a page asks only the issuer that it logs in at.
     */
    static String policy(Optional<URI> store, Login login) {
        String origin = origin(store);
        String issuer = login instanceof Login.Oidc oidc ? " " + String.join(" ", oidc.origins()) : "";
        return String.join(
                "; ",
                "default-src 'none'",
                "script-src 'self'",
                "style-src 'self'",
                "img-src 'self' data: blob:" + origin,
                "media-src 'self' blob:" + origin,
                "connect-src 'self'" + origin + issuer,
                "font-src 'self'",
                "manifest-src 'self'",
                "worker-src 'self'",
                "form-action 'self'",
                "base-uri 'none'",
                "frame-ancestors 'none'");
    }

    /**
     * For a script that runs models beside the page: a worker has the policy that its own file came with, so that the page's
     * stays without WebAssembly. It reads the engine and the model, and nothing else.
     */
    static String engine(Optional<URI> store) {
        return String.join(
                "; ",
                "default-src 'none'",
                "script-src 'self' 'wasm-unsafe-eval'",
                "connect-src 'self'" + origin(store),
                "frame-ancestors 'none'");
    }

    private static String origin(Optional<URI> store) {
        return store.map(address -> " " + address.getScheme() + "://" + address.getRawAuthority())
                .orElse("");
    }
}
