package dev.memoir.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** How a runner is to be started; shared by the commands that may start one. What is not given, the runner decides. */
final class StartOptions {
    /** The S3 servers that Memoir brings along. */
    enum Store {
        versitygw,
        minio
    }

    @Option(
            names = "--host",
            paramLabel = "ADDRESS",
            description = "Listen there; 0.0.0.0 for the whole home network. Default: 127.0.0.1.")
    private String host;

    @Option(names = "--port", paramLabel = "PORT", description = "For people and apps. Default: 7700, or any free one.")
    private Integer port;

    @Option(names = "--store-port", paramLabel = "PORT", description = "For S3 apps. Default: 7701, or any free one.")
    private Integer storePort;

    @Option(
            names = "--idle",
            paramLabel = "SECONDS",
            description = "A function that has nothing to do stops after so long. Default: 60.")
    private Integer idle;

    @Option(names = "--store", paramLabel = "STORE", description = "${COMPLETION-CANDIDATES}. Default: versitygw.")
    private Store store;

    @Option(
            names = "--tls",
            description =
                    "People come by HTTPS, with a certificate that Memoir makes; their devices must be told to trust it.")
    private boolean tls;

    @Option(
            names = "--tls-cert",
            paramLabel = "FILE",
            description = "People come by HTTPS with this certificate (PEM, the chain below it).")
    private Path tlsCertificate;

    @Option(names = "--tls-key", paramLabel = "FILE", description = "Its key (PEM).")
    private Path tlsKey;

    @Option(
            names = "--no-rehearsal",
            description = "Do not prepare fast cold starts in the background after the first start.")
    private boolean noRehearsal;

    @Option(
            names = "--set",
            paramLabel = "NAME=VALUE",
            description = "Any other setting, as in the library's memoir.properties.")
    private List<String> settings = List.of();

    Optional<Store> store() {
        return Optional.ofNullable(store);
    }

    /** A demonstration need not keep people waiting for the usual idle time. */
    void idleUnlessGiven(int seconds) {
        if (idle == null) {
            idle = seconds;
        }
    }

    /** As the runner takes them. */
    List<String> arguments() {
        List<String> arguments = new ArrayList<>();
        add(arguments, "--host", host);
        add(arguments, "--port", port);
        add(arguments, "--store-port", storePort);
        add(arguments, "--idle", idle);
        add(arguments, "--store", store);
        add(arguments, "--tls", tls ? "own" : null);
        add(arguments, "--tls-cert", whole(tlsCertificate));
        add(arguments, "--tls-key", whole(tlsKey));
        settings.forEach(setting -> add(arguments, "--set", setting));
        if (noRehearsal) {
            arguments.add("--no-rehearsal");
        }
        return arguments;
    }

    private static Path whole(Path path) {
        return path == null ? null : path.toAbsolutePath();
    }

    private static void add(List<String> arguments, String name, Object value) {
        if (value != null) {
            arguments.add(name);
            arguments.add(value.toString());
        }
    }
}
