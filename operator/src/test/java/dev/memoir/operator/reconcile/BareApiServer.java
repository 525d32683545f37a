package dev.memoir.operator.reconcile;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Key;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The testbed's API server alone, with nothing behind it and no definition but Kubernetes' own; it listens on loopback only. */
final class BareApiServer implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final String TOKEN = "bare";

    private final List<Process> processes = new ArrayList<>();
    private final KubernetesClient client;

    /** @param folder for what they keep and log */
    BareApiServer(Path testbed, Path folder) throws Exception {
        Path programs = Path.of(output(testbed.toString(), "programs").strip());
        int queries = freePort();
        int peers = freePort();
        int port = freePort();
        start(
                folder,
                programs.resolve("etcd"),
                "--data-dir=" + folder.resolve("etcd"),
                "--listen-client-urls=http://127.0.0.1:" + queries,
                "--advertise-client-urls=http://127.0.0.1:" + queries,
                "--listen-peer-urls=http://127.0.0.1:" + peers,
                "--unsafe-no-fsync");
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        KeyPair keys = generator.generateKeyPair();
        Path signing = pem(folder.resolve("tokens.key"), "PRIVATE KEY", keys.getPrivate());
        Path checking = pem(folder.resolve("tokens.pub"), "PUBLIC KEY", keys.getPublic());
        Path tokens = Files.writeString(folder.resolve("tokens.csv"), TOKEN + ",admin,admin,system:masters\n");
        start(
                folder,
                programs.resolve("kube-apiserver"),
                "--etcd-servers=http://127.0.0.1:" + queries,
                "--bind-address=127.0.0.1",
                "--advertise-address=127.0.0.1",
                "--endpoint-reconciler-type=none",
                "--secure-port=" + port,
                "--cert-dir=" + folder.resolve("certificates"),
                "--token-auth-file=" + tokens,
                "--service-account-issuer=https://kubernetes.default.svc",
                "--service-account-signing-key-file=" + signing,
                "--service-account-key-file=" + checking,
                "--service-cluster-ip-range=10.97.0.0/24",
                "--disable-admission-plugins=ServiceAccount",
                "--profiling=false");
        Config config = new ConfigBuilder(Config.empty())
                .withMasterUrl("https://127.0.0.1:" + port)
                .withOauthToken(TOKEN)
                .withTrustCerts(true)
                .build();
        client = new KubernetesClientBuilder().withConfig(config).build();
        awaitReady(folder);
    }

    KubernetesClient client() {
        return client;
    }

    private void awaitReady(Path folder) throws InterruptedException {
        Instant end = Instant.now().plus(LIMIT);
        while (!isReady()) {
            if (Instant.now().isAfter(end) || processes.stream().anyMatch(process -> !process.isAlive())) {
                close();
                throw new IllegalStateException("the API server does not come up: see the logs in " + folder);
            }
            TimeUnit.MILLISECONDS.sleep(100);
        }
    }

    private boolean isReady() {
        try {
            return "ok".equals(client.raw("/readyz"));
        } catch (KubernetesClientException notYet) {
            return false;
        }
    }

    /** Where a Go module lies, downloaded if it isn't there. */
    static Path module(String module) throws IOException, InterruptedException {
        String found = output("go", "mod", "download", "-json", module);
        return Path.of(new ObjectMapper().readTree(found).path("Dir").asText());
    }

    private static String output(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException(String.join(" ", command) + " failed: " + said);
        }
        return said;
    }

    private void start(Path folder, Path program, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(program.toString()));
        command.addAll(List.of(arguments));
        processes.add(new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve(program.getFileName() + ".log").toFile())
                .start());
    }

    private static Path pem(Path file, String kind, Key key) throws IOException {
        String content = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                .encodeToString(key.getEncoded());
        return Files.writeString(file, "-----BEGIN " + kind + "-----\n" + content + "\n-----END " + kind + "-----\n");
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Override
    public void close() {
        if (client != null) {
            client.close();
        }
        processes.reversed().forEach(process -> {
            process.destroy();
            process.onExit().completeOnTimeout(process, 10, TimeUnit.SECONDS).join();
            process.destroyForcibly();
        });
    }
}
