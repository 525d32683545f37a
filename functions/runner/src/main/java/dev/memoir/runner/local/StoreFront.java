package dev.memoir.runner.local;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.KeyCertOptions;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.SSLOptions;

/**
 * The store's port for others where people come with TLS: it ends here, and the store serves this machine alone. Bytes pass as
 * they are, since signatures are of the host that somebody asked for.
 */
public final class StoreFront {
    private final NetServer server;
    private final NetClient client;
    private final int store;

    /** @param store the port on which the store serves this machine */
    public StoreFront(Vertx vertx, KeyCertOptions certificate, int store) {
        this.client = vertx.createNetClient();
        this.store = store;
        this.server = vertx.createNetServer(new NetServerOptions()
                        .setSsl(true)
                        .setKeyCertOptions(certificate)
                        .setIdleTimeout(300))
                .connectHandler(this::connect);
    }

    public Future<NetServer> listen(String host, int port) {
        return server.listen(port, host);
    }

    public void renew(KeyCertOptions certificate) {
        server.updateSSLOptions(new SSLOptions().setKeyCertOptions(certificate));
    }

    public Future<Void> close() {
        return server.close();
    }

    private void connect(NetSocket people) {
        people.pause();
        client.connect(store, "127.0.0.1")
                .onSuccess(behind -> {
                    pass(people, behind);
                    pass(behind, people);
                })
                .onFailure(away -> people.close());
    }

    private static void pass(NetSocket from, NetSocket to) {
        from.pipeTo(to).onFailure(broken -> {
            from.close();
            to.close();
        });
    }
}
