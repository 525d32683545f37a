package dev.memoir.identity;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Optional;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.lang.JoseException;

/** An issuer's public keys: given once, or in a file that somebody keeps up to date. Safe for many threads. */
final class KeySource {
    private final Optional<Path> file;
    private volatile Read read;

    private record Read(List<JsonWebKey> keys, FileTime changed) {}

    private KeySource(Optional<Path> file, Read read) {
        this.file = file;
        this.read = read;
    }

    /** @throws IllegalArgumentException when there is no public key */
    static KeySource of(String jwks) {
        if (jwks.stripLeading().startsWith("{")) {
            return new KeySource(Optional.empty(), new Read(parsed(jwks, "the given JWKS"), FileTime.fromMillis(0)));
        }
        Path file = Path.of(jwks);
        return new KeySource(Optional.of(file), read(file));
    }

    List<JsonWebKey> present() {
        return read.keys();
    }

    /** Those of the file as it is now; the very list that is {@link #present} where it can't be read, or has not changed. */
    List<JsonWebKey> changed() {
        if (file.isPresent()) {
            try {
                if (!Files.getLastModifiedTime(file.get()).equals(read.changed())) {
                    read = read(file.get());
                }
            } catch (IOException | UncheckedIOException | IllegalArgumentException keepTheOldOnes) {
                return read.keys();
            }
        }
        return read.keys();
    }

    private static Read read(Path file) {
        try {
            FileTime changed = Files.getLastModifiedTime(file);
            return new Read(parsed(Files.readString(file), file.toString()), changed);
        } catch (IOException e) {
            throw new UncheckedIOException("can't read the JWKS " + file + ": " + e.getMessage(), e);
        }
    }

    private static List<JsonWebKey> parsed(String json, String origin) {
        try {
            List<JsonWebKey> keys = new JsonWebKeySet(json)
                    .getJsonWebKeys().stream()
                            .filter(PublicJsonWebKey.class::isInstance)
                            .toList();
            if (keys.isEmpty()) {
                throw new IllegalArgumentException(origin + " holds no public key (EC P-256 or RSA)");
            }
            return keys;
        } catch (JoseException e) {
            throw new IllegalArgumentException(origin + " is not a JWKS: " + e.getMessage(), e);
        }
    }
}
