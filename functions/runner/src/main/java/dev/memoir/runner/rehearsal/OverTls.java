package dev.memoir.runner.rehearsal;

import dev.memoir.runner.Loop;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.PfxOptions;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * This machine's store and database through TLS, as functions reach them in a cluster: what a start does for it is rehearsed
 * too. Its keys live as long as the rehearsal.
 */
final class OverTls {
    private static final String HOST = "127.0.0.1";
    private static final String PASSWORD = "rehearsal";
    private static final String AUTHORITY = "authority";
    private static final String JDBC = "jdbc:";

    private OverTls() {}

    /**
     * Serves until Vert.x is closed.
     *
     * @param usual the environment of a function of this machine
     * @return what a function is told instead
     */
    static Map<String, String> open(Vertx vertx, Map<String, String> usual) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("memoir-rehearsal-");
        Path keys = folder.resolve("keys.p12");
        try {
            return open(vertx, usual, keys);
        } finally {
            Files.deleteIfExists(keys);
            Files.delete(folder);
        }
    }

    private static Map<String, String> open(Vertx vertx, Map<String, String> usual, Path keys)
            throws IOException, InterruptedException {
        make(keys, AUTHORITY, "bc:critical=ca:true", List.of());
        make(keys, "server", "san=ip:" + HOST, List.of("-signer", AUTHORITY));
        PfxOptions own =
                new PfxOptions().setPath(keys.toString()).setPassword(PASSWORD).setAlias("server");
        NetServerOptions options = new NetServerOptions().setHost(HOST).setKeyCertOptions(own);
        NetClient client = vertx.createNetClient();
        NetServer store = vertx.createNetServer(new NetServerOptions(options).setSsl(true));
        NetServer database = vertx.createNetServer(options);
        URI storeAddress = URI.create(usual.get("MEMOIR_S3_ENDPOINT"));
        URI databaseAddress = URI.create(usual.get("MEMOIR_DB_URL").substring(JDBC.length()));
        store.connectHandler(from -> connected(client, from, storeAddress, to -> join(from, to)));
        database.connectHandler(from ->
                connected(client, from, databaseAddress, to -> from.handler(wish -> encrypt(from, to))));
        Loop.await(store.listen());
        Loop.await(database.listen());
        String authority = certificate(keys);
        return Map.of(
                "MEMOIR_S3_ENDPOINT",
                "https://" + HOST + ":" + store.actualPort(),
                "MEMOIR_S3_CA",
                authority,
                "MEMOIR_DB_URL",
                "jdbc:postgresql://" + HOST + ":" + database.actualPort() + databaseAddress.getPath()
                        + "?sslmode=verify-full&sslfactory=org.postgresql.ssl.SingleCertValidatingFactory"
                        + "&sslfactoryarg=env:MEMOIR_DB_CA",
                "MEMOIR_DB_CA",
                authority);
    }

    private static void connected(NetClient client, NetSocket from, URI address, Consumer<NetSocket> then) {
        from.pause();
        client.connect(address.getPort(), address.getHost())
                .onFailure(away -> from.close())
                .onSuccess(to -> {
                    then.accept(to);
                    from.resume();
                });
    }

    /** The first that a client of PostgreSQL says is that it wishes TLS. */
    private static void encrypt(NetSocket from, NetSocket to) {
        join(from, to);
        from.write("S");
        from.upgradeToSsl();
    }

    private static void join(NetSocket from, NetSocket to) {
        from.handler(to::write);
        to.handler(from::write);
        from.closeHandler(closed -> to.close());
        to.closeHandler(closed -> from.close());
    }

    /** The JDK's own tool, since the JDK has no other way to sign a certificate. */
    private static void make(Path keys, String name, String extension, List<String> more)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-keystore",
                keys.toString(),
                "-storepass",
                PASSWORD,
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-sigalg",
                "SHA256withECDSA",
                "-alias",
                name,
                "-dname",
                "CN=" + name,
                "-ext",
                extension));
        command.addAll(more);
        Process keytool = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (keytool.waitFor() != 0) {
            throw new IOException("keytool failed: " + said);
        }
    }

    private static String certificate(Path keys) throws IOException {
        try {
            byte[] certificate = KeyStore.getInstance(keys.toFile(), PASSWORD.toCharArray())
                    .getCertificate(AUTHORITY)
                    .getEncoded();
            return "-----BEGIN CERTIFICATE-----\n"
                    + Base64.getMimeEncoder().encodeToString(certificate)
                    + "\n-----END CERTIFICATE-----\n";
        } catch (GeneralSecurityException e) {
            throw new IOException(e);
        }
    }
}
