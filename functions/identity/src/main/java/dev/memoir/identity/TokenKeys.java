package dev.memoir.identity;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.UUID;
import org.jose4j.json.JsonUtil;
import org.jose4j.jwk.EcJwkGenerator;
import org.jose4j.jwk.EllipticCurveJsonWebKey;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.keys.EllipticCurves;
import org.jose4j.lang.JoseException;

/** The house's own key pair (EC P-256, RFC 7518 ES256): made once, private half readable by its owner only. */
public final class TokenKeys {
    private static final String PRIVATE = "identity.jwk";
    private static final String PUBLIC = "jwks.json";

    private final EllipticCurveJsonWebKey pair;
    private final Path jwks;

    private TokenKeys(EllipticCurveJsonWebKey pair, Path jwks) {
        this.pair = pair;
        this.jwks = jwks;
    }

    /**
     * Reads the pair from {@code identity.jwk} in {@code directory}, or makes it there (mode 0600). The public half is
     * written to {@code jwks.json} beside it.
     *
     * @throws IOException when the files can't be read or written, or don't hold a key
     */
    public static TokenKeys in(Path directory) throws IOException {
        Path file = directory.resolve(PRIVATE);
        if (!Files.exists(file)) {
            make(file);
        }
        EllipticCurveJsonWebKey pair = read(file);
        Path jwks = directory.resolve(PUBLIC);
        String published = new JsonWebKeySet(pair).toJson(JsonWebKey.OutputControlLevel.PUBLIC_ONLY);
        if (!Files.exists(jwks) || !Files.readString(jwks).equals(published)) {
            Path fresh = Files.createTempFile(directory, PUBLIC, ".new");
            Files.writeString(fresh, published);
            Files.move(fresh, jwks, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        }
        return new TokenKeys(pair, jwks);
    }

    /** Linking a finished file into place, so that of two processes that start together one wins whole. */
    private static void make(Path file) throws IOException {
        Path fresh = Files.createTempFile(
                file.getParent(),
                PRIVATE,
                ".new",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try {
            EllipticCurveJsonWebKey pair = EcJwkGenerator.generateJwk(EllipticCurves.P256);
            pair.setKeyId(UUID.randomUUID().toString());
            pair.setAlgorithm(AlgorithmIdentifiers.ECDSA_USING_P256_CURVE_AND_SHA256);
            pair.setUse("sig");
            byte[] json =
                    pair.toJson(JsonWebKey.OutputControlLevel.INCLUDE_PRIVATE).getBytes(StandardCharsets.UTF_8);
            Files.write(fresh, json);
            Files.createLink(file, fresh);
        } catch (FileAlreadyExistsException theOtherWon) {
            // its key is read instead
        } catch (JoseException e) {
            throw new IOException("can't make a P-256 key pair: " + e.getMessage(), e);
        } finally {
            Files.deleteIfExists(fresh);
        }
    }

    private static EllipticCurveJsonWebKey read(Path file) throws IOException {
        try {
            JsonWebKey key = JsonWebKey.Factory.newJwk(JsonUtil.parseJson(Files.readString(file)));
            if (key instanceof EllipticCurveJsonWebKey pair && pair.getPrivateKey() != null) {
                return pair;
            }
        } catch (JoseException e) {
            throw new IOException(file + " does not hold a key; move it away to have a new one made", e);
        }
        throw new IOException(file + " does not hold an EC key pair; move it away to have a new one made");
    }

    /** The public keys as a JWKS (RFC 7517); safe to publish. */
    public String publicJwks() {
        return new JsonWebKeySet(pair).toJson(JsonWebKey.OutputControlLevel.PUBLIC_ONLY);
    }

    /** Where {@link #publicJwks()} lies as a file. */
    public Path jwksFile() {
        return jwks;
    }

    EllipticCurveJsonWebKey pair() {
        return pair;
    }
}
