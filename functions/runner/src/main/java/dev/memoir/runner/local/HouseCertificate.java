package dev.memoir.runner.local;

import dev.memoir.runner.Settings.Mistake;
import dev.memoir.runner.Values;
import io.vertx.core.net.KeyCertOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PfxOptions;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What edge and store prove with who they are: a certificate that was given, or one by an authority of the house's own, which
 * the family's devices must be told to trust once.
 */
public sealed interface HouseCertificate {

    /** How people call this machine in addresses; a name where one is known, since browsers give passkeys to names alone. */
    String host();

    /** As it is now. One of the house's own is made when there is none, and anew in time. */
    KeyCertOptions present() throws IOException;

    /** Changes whenever {@link #present} is another one. */
    FileTime version() throws IOException;

    /** What devices must trust, where that is the house's own. */
    Optional<Path> authority();

    /**
     * Empty when people come without TLS.
     *
     * @param reachable this machine's address for others
     */
    static Optional<HouseCertificate> of(Values values, DataFolder folder, String reachable, Clock clock)
            throws Mistake, IOException {
        List<String> names = Stream.of(values.text("tls.names", "").split(","))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .toList();
        Optional<Path> certificate = path(values, "tls.certificate");
        Optional<Path> key = path(values, "tls.key");
        boolean own = "own".equals(values.text("tls", "off"));
        if (certificate.isPresent() != key.isPresent()) {
            throw new Mistake("tls.certificate and tls.key (--tls-cert and --tls-key) belong together: give both");
        }
        if (own && certificate.isPresent()) {
            throw new Mistake("either a certificate is given (--tls-cert), or Memoir makes its own (--tls), not both");
        }
        if (certificate.isPresent()) {
            return Optional.of(new Given(certificate.get(), key.get(), given(certificate.get(), names, reachable)));
        }
        return own ? Optional.of(new Own(folder, names, reachable, clock)) : Optional.empty();
    }

    private static Optional<Path> path(Values values, String name) {
        return Optional.ofNullable(values.named().get(name)).map(String::strip).map(Path::of);
    }

    private static String given(Path certificate, List<String> names, String reachable) throws Mistake {
        try (InputStream pem = Files.newInputStream(certificate)) {
            X509Certificate first =
                    (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(pem);
            return names.stream()
                    .findFirst()
                    .or(() -> namesOf(first).stream()
                            .filter(name -> !name.startsWith("*"))
                            .findFirst())
                    .orElse(reachable);
        } catch (IOException | GeneralSecurityException e) {
            throw new Mistake(certificate + " holds no certificate in PEM format: " + e.getMessage());
        }
    }

    /** DNS names first, then addresses (RFC 5280, 4.2.1.6). */
    private static List<String> namesOf(X509Certificate certificate) {
        try {
            return Optional.ofNullable(certificate.getSubjectAlternativeNames()).stream()
                    .flatMap(all -> all.stream())
                    .filter(name -> name.getFirst() instanceof Integer kind && (kind == 2 || kind == 7))
                    .map(name -> name.get(1).toString())
                    .sorted((a, b) -> Boolean.compare(Own.isAddress(a), Own.isAddress(b)))
                    .toList();
        } catch (GeneralSecurityException unreadable) {
            return List.of();
        }
    }

    /**
     * Of somebody else's authority.
     *
     * @param certificate chain in PEM format, the machine's own first
     * @param key in PEM format
     */
    record Given(Path certificate, Path key, String host) implements HouseCertificate {
        @Override
        public KeyCertOptions present() {
            return new PemKeyCertOptions().addCertPath(certificate.toString()).addKeyPath(key.toString());
        }

        @Override
        public FileTime version() throws IOException {
            return Files.getLastModifiedTime(certificate);
        }

        @Override
        public Optional<Path> authority() {
            return Optional.empty();
        }
    }

    /** Made by Java's keytool, in one file that its owner alone may read. */
    final class Own implements HouseCertificate {
        /** Devices of Apple's take no longer ones (their requirements for trusted certificates: 825 days, 398 by public ones). */
        private static final Duration VALID = Duration.ofDays(397);

        private static final Duration RENEWED_BEFORE = Duration.ofDays(60);
        private static final Duration AUTHORITY_VALID = Duration.ofDays(3650);
        private static final String AUTHORITY = "authority";
        private static final String SERVER = "server";
        private static final String PASSWORD = "MEMOIR_KEYS_PASSWORD";

        private final Path keys;
        private final Path authority;
        private final String password;
        private final String host;
        private final Set<String> names;
        private final Clock clock;

        Own(DataFolder folder, List<String> names, String reachable, Clock clock) throws IOException {
            this.keys = folder.secrets().resolve("tls.p12");
            this.authority = folder.root().resolve("authority.crt");
            this.password = Secrets.file(folder.secrets().resolve("tls.json"), "for", "tls.p12", "password")
                    .path("password")
                    .asText();
            this.host = names.stream().findFirst().orElse(reachable);
            this.clock = clock;
            this.names = new LinkedHashSet<>(names);
            if (names.isEmpty()) {
                String machine = InetAddress.getLocalHost().getHostName();
                this.names.add(machine);
                if (!machine.contains(".")) {
                    this.names.add(machine + ".local");
                }
            }
            this.names.addAll(List.of(reachable, "localhost", "127.0.0.1"));
        }

        @Override
        public String host() {
            return host;
        }

        @Override
        public Optional<Path> authority() {
            return Optional.of(authority);
        }

        @Override
        public FileTime version() throws IOException {
            makeIfNeedBe();
            return Files.getLastModifiedTime(keys);
        }

        @Override
        public KeyCertOptions present() throws IOException {
            makeIfNeedBe();
            return new PfxOptions()
                    .setPath(keys.toString())
                    .setPassword(password)
                    .setAlias(SERVER);
        }

        private void makeIfNeedBe() throws IOException {
            try {
                if (!Files.exists(keys)) {
                    make(
                            AUTHORITY,
                            AUTHORITY_VALID,
                            "-ext",
                            "bc:c=ca:true,pathlen:0",
                            "-ext",
                            "ku:c=keyCertSign,cRLSign");
                }
                if (!isGood()) {
                    make(
                            SERVER,
                            VALID,
                            "-signer",
                            AUTHORITY,
                            "-ext",
                            "san=" + alternatives(),
                            "-ext",
                            "eku=serverAuth");
                }
            } catch (KeyStoreException e) {
                throw new IllegalStateException("it has just been loaded", e);
            }
            if (!Files.exists(authority)) {
                keytool(keys, "-exportcert", "-rfc", "-alias", AUTHORITY, "-file", authority.toString());
            }
        }

        /** Whether it is for these names and for a while yet. */
        private boolean isGood() throws IOException, KeyStoreException {
            return load(keys).getCertificate(SERVER) instanceof X509Certificate certificate
                    && certificate
                            .getNotAfter()
                            .toInstant()
                            .isAfter(Instant.now(clock).plus(RENEWED_BEFORE))
                    && namesOf(certificate).containsAll(names);
        }

        private KeyStore load(Path file) throws IOException {
            try (InputStream content = Files.newInputStream(file)) {
                KeyStore store = KeyStore.getInstance("PKCS12");
                store.load(content, password.toCharArray());
                return store;
            } catch (GeneralSecurityException e) {
                throw new IOException(
                        file + " cannot be read: put the right one back, or move it away to have a new one made", e);
            }
        }

        /** On a copy, so that what is there stays whole whatever happens. */
        private void make(String alias, Duration valid, String... more) throws IOException, KeyStoreException {
            Path copy = Files.createTempDirectory(keys.getParent(), "tls").resolve("keys.p12");
            try {
                if (Files.exists(keys)) {
                    Files.copy(keys, copy);
                    if (load(copy).containsAlias(alias)) {
                        keytool(copy, "-delete", "-alias", alias);
                    }
                }
                List<String> words = new ArrayList<>(List.of("-genkeypair", "-alias", alias, "-keyalg", "EC"));
                words.addAll(List.of("-groupname", "secp256r1", "-sigalg", "SHA256withECDSA"));
                words.addAll(List.of("-dname", "CN=" + (alias.equals(SERVER) ? host : "Memoir at " + host)));
                words.addAll(List.of("-validity", Long.toString(valid.toDays())));
                words.addAll(Arrays.asList(more));
                keytool(copy, words.toArray(String[]::new));
                Files.move(copy, keys, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(copy);
                Files.delete(copy.getParent());
            }
        }

        private String alternatives() {
            return names.stream()
                    .map(name -> (isAddress(name) ? "ip:" : "dns:") + name)
                    .collect(Collectors.joining(","));
        }

        static boolean isAddress(String name) {
            return name.contains(":") || name.matches("[0-9.]+");
        }

        private void keytool(Path file, String... words) throws IOException {
            List<String> command = new ArrayList<>();
            command.add(
                    Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
            command.addAll(Arrays.asList(words));
            command.addAll(List.of("-keystore", file.toString(), "-storetype", "PKCS12", "-storepass:env", PASSWORD));
            command.add("-J-XX:TieredStopAtLevel=1");
            ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
            builder.environment().put(PASSWORD, password);
            Process process = builder.start();
            process.getOutputStream().close();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            try {
                if (process.waitFor() != 0) {
                    throw new IOException("no certificate could be made: " + said.strip());
                }
            } catch (InterruptedException e) {
                process.destroy();
                Thread.currentThread().interrupt();
                throw new IOException("interrupted while a certificate was made", e);
            }
        }
    }
}
