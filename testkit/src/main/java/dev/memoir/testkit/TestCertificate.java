package dev.memoir.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;

/** A server's certificate for {@code localhost}, signed by itself, and its key: in PEM format, as text and as files. */
public final class TestCertificate implements AutoCloseable {
    private static final String ALIAS = "server";
    private static final String PASSWORD = "only-in-tests";

    private final Path folder = Scratch.folder("certificate");
    private final String certificate;
    private final String key;

    private TestCertificate() {
        try {
            Path file = folder.resolve("both.p12");
            makeBoth(file);
            KeyStore both = KeyStore.getInstance(file.toFile(), PASSWORD.toCharArray());
            certificate = pem("CERTIFICATE", both.getCertificate(ALIAS).getEncoded());
            key = pem("PRIVATE KEY", both.getKey(ALIAS, PASSWORD.toCharArray()).getEncoded());
            Files.writeString(certificateFile(), certificate);
            Files.writeString(keyFile(), key);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static TestCertificate make() {
        return new TestCertificate();
    }

    private static void makeBoth(Path file) throws IOException {
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-keystore",
                        file.toString(),
                        "-storepass",
                        PASSWORD,
                        "-alias",
                        ALIAS,
                        "-keyalg",
                        "EC",
                        "-groupname",
                        "secp256r1",
                        "-dname",
                        "CN=" + ALIAS,
                        "-ext",
                        "san=dns:localhost",
                        "-validity",
                        "2")
                .redirectErrorStream(true)
                .start();
        String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            if (keytool.waitFor() != 0) {
                throw new IOException("keytool failed: " + said);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    private static String pem(String what, byte[] content) {
        String text = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                .encodeToString(content);
        return "-----BEGIN " + what + "-----\n" + text + "\n-----END " + what + "-----\n";
    }

    public String certificate() {
        return certificate;
    }

    public String key() {
        return key;
    }

    Path certificateFile() {
        return folder.resolve("tls.crt");
    }

    Path keyFile() {
        return folder.resolve("tls.key");
    }

    @Override
    public void close() {
        Scratch.delete(folder);
    }
}
