package dev.memoir.runner;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.memoir.events.QueueAddress;
import dev.memoir.runner.admin.Admin;
import dev.memoir.runner.admin.Administration;
import dev.memoir.runner.delivery.Delivery;
import dev.memoir.runner.delivery.Post;
import dev.memoir.runner.edge.Edge;
import dev.memoir.runner.edge.InsideDoor;
import dev.memoir.runner.edge.Login;
import dev.memoir.runner.hosts.LocalProcess;
import dev.memoir.runner.local.DataFolder;
import dev.memoir.runner.local.HouseCertificate;
import dev.memoir.runner.local.Machine;
import dev.memoir.runner.local.OnlyOne;
import dev.memoir.runner.local.PublicPort;
import dev.memoir.runner.local.Secrets;
import dev.memoir.runner.local.StoreFront;
import dev.memoir.runner.local.Sweeps;
import dev.memoir.runner.metrics.Metrics;
import dev.memoir.runner.rehearsal.Http;
import dev.memoir.runner.rehearsal.Rehearsal;
import dev.memoir.runner.rehearsal.Roles;
import dev.memoir.runner.traces.Traces;
import dev.memoir.store.FreeSpace;
import io.nats.client.JetStreamApiException;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.net.KeyCertOptions;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.util.Optional;
import java.util.function.Consumer;

/** Memoir on one machine: parts, functions, delivery, edge and admin, put together and taken apart in order. */
public final class OneMachine {
    private static final System.Logger LOG = System.getLogger(OneMachine.class.getName());
    private static final Duration DRAIN = Duration.ofSeconds(10);
    private static final Duration LOOK_AT_CERTIFICATE = Duration.ofHours(1);

    private final OnlyOne claim;
    private final DataFolder folder;
    private final Vertx vertx;
    private final Machine machine;
    private final String address;
    private final Metrics metrics = new Metrics();
    private final Traces traces;
    private Delivery delivery;
    private Edge edge;
    private InsideDoor inside;
    private StoreFront storeFront;
    private Sweeps sweeps;
    private Rehearsal rehearsal;
    private boolean stopped;

    private OneMachine(OnlyOne claim, DataFolder folder, Vertx vertx, Machine machine, String address, Traces traces) {
        this.claim = claim;
        this.folder = folder;
        this.vertx = vertx;
        this.machine = machine;
        this.address = address;
        this.traces = traces;
    }

    /**
     * Starts everything; returns when it serves.
     *
     * @param stop what the admin API's {@code POST /stop} does
     * @param begun told before anything runs, so that it can be stopped from then on
     * @throws Settings.Mistake what the person who starts it must change first
     * @throws OnlyOne.Taken when another runner has the data folder
     */
    public static OneMachine start(Settings settings, Runnable stop, Consumer<OneMachine> begun)
            throws Settings.Mistake, OnlyOne.Taken, IOException, InterruptedException {
        FreeSpace space = new FreeSpace(settings.data());
        requireRoom(space);
        OnlyOne claim = OnlyOne.claim(new DataFolder(settings.data()));
        try {
            DataFolder folder = DataFolder.prepare(settings.data());
            Files.deleteIfExists(folder.runnerFile());
            int port = PublicPort.choose(settings.host(), settings.port(), 7700, "--port");
            Machine machine = new Machine(settings, folder);
            OneMachine memoir = new OneMachine(
                    claim, folder, Loop.open(), machine, machine.address(port), Limits.traces(settings.values()));
            begun.accept(memoir);
            try {
                memoir.open(settings, port, stop);
                return memoir;
            } catch (Settings.Mistake | IOException | InterruptedException | RuntimeException e) {
                memoir.stop();
                requireRoom(space);
                throw e;
            }
        } catch (Settings.Mistake | IOException | RuntimeException e) {
            claim.close();
            throw e;
        }
    }

    private static void requireRoom(FreeSpace space) throws Settings.Mistake {
        Optional<String> shortage = space.shortage();
        if (shortage.isPresent()) {
            throw new Settings.Mistake(
                    shortage.get() + ". Free some space there, or choose another folder with --data.");
        }
    }

    private void open(Settings settings, int port, Runnable stop)
            throws Settings.Mistake, IOException, InterruptedException {
        machine.start();
        HttpClient client = Loop.client(vertx);
        Post post = new Post(client, machine.deliveryToken(), Limits.work(settings.values()));
        sweeps = new Sweeps(machine.custodian(), settings.values().timeOfDay("sweep.at", LocalTime.of(3, 30)));
        delivery = deliver(settings, post);
        machine.onPartReturned(() -> sweeps.ask("store or queue were away"));
        rehearsal = new Rehearsal(
                machine, new Roles(machine, post, new Http(client)).all(), this::isQuiet, settings.rehearsal());
        inside = new InsideDoor(
                vertx,
                client,
                machine.function("ai"),
                machine.deliveryToken(),
                Limits.patience(settings.values()),
                metrics);
        machine.programs().inside(Loop.await(inside.listen()));
        edge = new Edge(
                vertx,
                client,
                machine.function("api"),
                machine.deliveryToken(),
                machine.verifier(),
                machine.login(),
                Optional.of(new Administration(address, machine, delivery, metrics, rehearsal)),
                Limits.edge(
                        settings.values(),
                        settings.dist().resolve("web"),
                        Optional.of(URI.create(machine.storeForBrowsers())),
                        machine.certificate().flatMap(HouseCertificate::authority)),
                metrics);
        int here = letPeopleIn(settings.host(), port);
        String adminToken = Secrets.random(24);
        Admin admin = new Admin(vertx, address, machine, delivery, metrics, rehearsal, adminToken, stop);
        announce("http://" + PublicPort.local(settings.host()) + ":" + here, Loop.await(admin.listen()), adminToken);
        sweeps.start();
        rehearsal.start();
    }

    /**
     * Where people come with TLS, this machine's own commands come by a port of their own without.
     *
     * @return the port for this machine
     */
    private int letPeopleIn(String host, int port) throws Settings.Mistake, IOException, InterruptedException {
        if (machine.certificate().isEmpty()) {
            return Loop.await(edge.listen(host, port, Optional.empty())).actualPort();
        }
        HouseCertificate certificate = machine.certificate().get();
        FileTime version = certificate.version();
        KeyCertOptions shown = certificate.present();
        try {
            Loop.await(edge.listen(host, port, Optional.of(shown)));
            storeFront = new StoreFront(vertx, shown, machine.storePortHere());
            Loop.await(storeFront.listen(host, machine.storePort()));
        } catch (IOException e) {
            throw new Settings.Mistake("the certificate and its key can't be used: " + e.getMessage());
        }
        vertx.setTimer(LOOK_AT_CERTIFICATE.toMillis(), nothing -> renew(certificate, version));
        return Loop.await(edge.listen("127.0.0.1", 0, Optional.empty())).actualPort();
    }

    /** One that was replaced, or is about to end, is shown no longer. */
    private void renew(HouseCertificate certificate, FileTime shown) {
        Thread.ofVirtual().start(() -> {
            FileTime version = shown;
            try {
                version = certificate.version();
                if (!version.equals(shown)) {
                    KeyCertOptions present = certificate.present();
                    edge.renew(present);
                    storeFront.renew(present);
                }
            } catch (IOException e) {
                LOG.log(System.Logger.Level.WARNING, "the certificate can''t be renewed: {0}", e.getMessage());
            }
            FileTime next = version;
            vertx.setTimer(LOOK_AT_CERTIFICATE.toMillis(), nothing -> renew(certificate, next));
        });
    }

    private Delivery deliver(Settings settings, Post post) throws Settings.Mistake, IOException, InterruptedException {
        try {
            return Delivery.start(
                    new QueueAddress(machine.queueUrl(), Optional.empty()),
                    Machine.ORIGINALS,
                    machine.function("postprocessor"),
                    machine.function("ai"),
                    post,
                    Limits.delivery(settings.values()),
                    new Delivery.Observers(machine.troubles(), metrics, traces),
                    () -> sweeps.ask("the queue was away"));
        } catch (JetStreamApiException e) {
            throw new IOException("the queue's streams are not as they should be: " + e.getMessage(), e);
        }
    }

    /** Whether no person's work is going on. */
    private boolean isQuiet() {
        try {
            return !machine.custodian().busy()
                    && machine.functions().values().stream()
                            .allMatch(function -> function.view().state() == LocalProcess.State.ASLEEP)
                    && delivery.isQuiet();
        } catch (IOException | JetStreamApiException | IllegalStateException queueAway) {
            return false;
        }
    }

    /** The last step: from now on others find this runner. */
    private void announce(String here, int adminPort, String adminToken) throws IOException {
        ObjectMapper json = new ObjectMapper();
        ObjectNode said = json.createObjectNode()
                .put("pid", ProcessHandle.current().pid())
                .put("address", address)
                .put("storeAddress", machine.storeAddress())
                .put("addressHere", here)
                .put("storeAddressHere", machine.storeAddressHere())
                .put("admin", "http://127.0.0.1:" + adminPort)
                .put("adminToken", adminToken)
                .put("owner", machine.owner())
                .put("house", machine.login() instanceof Login.House)
                .put("startedAt", Instant.now().toString());
        Secrets.writePrivately(folder.runnerFile(), json.writeValueAsString(said));
    }

    /** Where people reach it. */
    public String address() {
        return address;
    }

    public Machine machine() {
        return machine;
    }

    /** Takes nothing new, lets what is under way finish for a while, and stops everything in order. */
    public synchronized void stop() {
        if (stopped) {
            return;
        }
        stopped = true;
        try {
            Files.deleteIfExists(folder.runnerFile());
            if (sweeps != null) {
                sweeps.stop();
            }
            if (rehearsal != null) {
                rehearsal.stop();
            }
            if (edge != null) {
                Loop.await(edge.close());
            }
            if (inside != null) {
                Loop.await(inside.close());
            }
            if (storeFront != null) {
                Loop.await(storeFront.close());
            }
            if (delivery != null) {
                delivery.close(DRAIN);
            }
            traces.close();
            machine.stop(DRAIN);
            Loop.await(vertx.close());
            claim.close();
        } catch (IOException e) {
            LOG.log(System.Logger.Level.WARNING, "stopping was not tidy: {0}", e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
