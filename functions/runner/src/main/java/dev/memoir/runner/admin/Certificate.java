package dev.memoir.runner.admin;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.PemKeyCertOptions;

/**
 * What a server proves with who it is.
 *
 * @param chain certificates in PEM format, the server's own first
 * @param key in PEM format (PKCS #8)
 */
public record Certificate(String chain, String key) {
    PemKeyCertOptions options() {
        return new PemKeyCertOptions().addCertValue(Buffer.buffer(chain)).addKeyValue(Buffer.buffer(key));
    }

    @Override
    public String toString() {
        return "Certificate";
    }
}
