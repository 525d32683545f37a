package dev.memoir.runner.rehearsal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.memoir.runner.Limits;
import dev.memoir.runner.Loop;
import dev.memoir.runner.Settings;
import dev.memoir.runner.delivery.Post;
import dev.memoir.runner.local.DataFolder;
import dev.memoir.runner.local.Machine;
import dev.memoir.runner.processes.Launch;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Makes the AOT caches of images that are being built: {@code InRoots ROOTS.json} and the runner's own options. Store, queue and
 * database of a library of its own run meanwhile, so that real work is rehearsed, through TLS as in a cluster.
 */
public final class InRoots {
    private InRoots() {}

    public static void main(String[] arguments) throws Exception {
        List<Root> roots = new ArrayList<>();
        for (JsonNode root : new ObjectMapper().readTree(Path.of(arguments[0]).toFile())) {
            roots.add(Root.of(root));
        }
        Settings settings = Settings.of(Arrays.copyOfRange(arguments, 1, arguments.length));
        Machine machine = new Machine(settings, DataFolder.prepare(settings.data()));
        Vertx vertx = Loop.open();
        try {
            machine.start();
            HttpClient client = Loop.client(vertx);
            Post post = new Post(client, machine.deliveryToken(), Limits.work(settings.values()));
            Launch usual = machine.programs().launch("api", List.of());
            List<Rehearsal.Role> roles =
                    new Roles(machine, post, new Http(client)).in(roots, OverTls.open(vertx, usual.environment()));
            new Rehearsal(machine, roles, () -> true, true).now();
            for (Rehearsal.Role role : roles) {
                if (!role.cache().fits()) {
                    throw new IOException(role.name() + " has no cache; the log above says why");
                }
            }
        } finally {
            machine.stop(Duration.ofSeconds(10));
            Loop.await(vertx.close());
        }
    }
}
