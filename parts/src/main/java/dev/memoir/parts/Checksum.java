package dev.memoir.parts;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;

/** Compares what a registry delivered with what is pinned. */
final class Checksum {
    private Checksum() {}

    /** @param hex 64 hexadecimal digits */
    static void requireSha256(String label, Path file, String hex) throws IOException {
        require(label, "sha256 " + hex, "sha256 " + sha256(file));
    }

    /** @param integrity {@code sha512-} and base64, as npm writes it */
    static void requireIntegrity(String label, Path file, String integrity) throws IOException {
        require(label, integrity, "sha512-" + Base64.getEncoder().encodeToString(digest("SHA-512", file)));
    }

    static void require(String label, String pinned, String delivered) {
        if (!pinned.equals(delivered)) {
            throw new PartsException(
                    label + " is not the package that Memoir pins, so it was thrown away.\n  pinned:    "
                            + pinned + "\n  delivered: " + delivered
                            + "\nTry once more; if it stays, the registry or something between changed it: don't use it.");
        }
    }

    static String sha256(Path file) throws IOException {
        return HexFormat.of().formatHex(digest("SHA-256", file));
    }

    private static byte[] digest(String algorithm, Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file);
                DigestInputStream digesting = new DigestInputStream(in, MessageDigest.getInstance(algorithm))) {
            digesting.transferTo(java.io.OutputStream.nullOutputStream());
            return digesting.getMessageDigest().digest();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
