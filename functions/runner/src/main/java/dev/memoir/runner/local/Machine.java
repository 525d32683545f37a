package dev.memoir.runner.local;

import dev.memoir.identity.BearerVerifier;
import dev.memoir.identity.TokenIssuer;
import dev.memoir.parts.MissingPart;
import dev.memoir.parts.Part;
import dev.memoir.parts.Parts;
import dev.memoir.runner.Settings;
import dev.memoir.runner.database.Postgres;
import dev.memoir.runner.database.SleepingDatabase;
import dev.memoir.runner.delivery.Troubles;
import dev.memoir.runner.edge.Login;
import dev.memoir.runner.hosts.LocalProcess;
import dev.memoir.runner.processes.AlwaysOn;
import dev.memoir.runner.processes.Launch;
import dev.memoir.runner.processes.Ports;
import dev.memoir.runner.processes.Processes;
import dev.memoir.store.FreeSpace;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Everything that runs on one machine besides the runner itself: store, queue, database, functions, jobs. */
public final class Machine {
    public static final String ORIGINALS = "originals";
    public static final String DERIVED = "derived";

    private static final Logger LOG = System.getLogger(Machine.class.getName());
    private static final Duration PART_STOP = Duration.ofSeconds(10);

    /** After this long without the queue the store's client may have given up on it, and must be started again. */
    private static final Duration STORE_FORGETS = Duration.ofSeconds(60);

    private final Settings settings;
    private final DataFolder folder;
    private final Processes processes;
    private final Parts parts;
    private final Secrets secrets;
    private final Identity identity;
    private final Troubles troubles = new Troubles();
    private final Optional<HouseCertificate> certificate;
    private final String origin;
    private final String storeAddress;
    private final int storePort;
    private final String storeHere;
    private final int storePortHere;
    private final AlwaysOn queue;
    private final AlwaysOn store;
    private final String queueUrl;
    private final SleepingDatabase database;
    private final Programs programs;
    private final Custodian custodian;
    private final Map<String, LocalProcess> functions = new TreeMap<>();
    private final DiskWatch disk;
    private volatile Runnable partCameBack = () -> {};

    /** Prepares folders, secrets and ports, and stops what an earlier runner left behind; starts nothing yet. */
    public Machine(Settings settings, DataFolder folder) throws IOException, Settings.Mistake {
        this.settings = settings;
        this.folder = folder;
        this.processes = new Processes(folder.logs(), folder.processes());
        List<String> left = processes.stopLeftovers();
        if (!left.isEmpty()) {
            LOG.log(Level.WARNING, "stopped what an earlier runner left running: {0}", left);
        }
        folder.emptyScratch();
        this.parts = Parts.at(settings.partsCache());
        this.secrets = Secrets.in(folder.secrets());
        this.identity = Identity.of(settings.values(), folder.secrets());
        String reachable = PublicPort.reachable(settings.host());
        this.certificate = HouseCertificate.of(settings.values(), folder, reachable, Clock.systemUTC());
        this.origin = certificate.map(shown -> "https://" + shown.host()).orElse("http://" + reachable);
        this.storePort = PublicPort.choose(settings.host(), settings.storePort(), 7701, "--store-port");
        this.storeAddress = address(storePort);
        this.storePortHere = certificate.isPresent() ? Ports.free() : storePort;
        this.storeHere = certificate.isPresent() ? "127.0.0.1" : settings.host();
        int queuePort = Ports.free();
        Queue natsServer = new Queue(part(Part.NATS_SERVER), folder, queuePort, secrets.queue());
        this.queueUrl = natsServer.url();
        this.queue = new AlwaysOn(processes, natsServer.launch(), natsServer::awaitReady, this::queueCameBack);
        ObjectStore server = objectStore(queuePort);
        this.store = new AlwaysOn(processes, server.launch(), server::awaitReady, away -> partCameBack.run());
        Postgres postgres =
                Postgres.of(part(Part.POSTGRESQL).resolve("bin"), folder.database(), Ports.outOfTheWay(), processes);
        this.database = new SleepingDatabase(
                postgres,
                secrets.database().owner(),
                settings.values().duration("database.linger", Duration.ofSeconds(5)));
        this.programs = new Programs(
                settings,
                folder,
                parts,
                secrets,
                new Programs.Addresses(storeAddressHere(), storeForBrowsers(), postgres.jdbcUrl(), queueUrl),
                identity.environment());
        this.custodian = new Custodian(processes, this::custodianLaunch, database);
        for (var function : List.of(programs.api(), programs.postprocessor(), programs.ai())) {
            functions.put(function.name(), new LocalProcess(function, processes, database));
        }
        programs.jar("custodian");
        this.disk = new DiskWatch(new FreeSpace(folder.root()), troubles, this::roomAgain);
    }

    /** A stream that could not be written stays closed until its server is started again, and loses what comes meanwhile. */
    private void roomAgain() {
        LOG.log(Level.INFO, "the disk has room again: starting the queue again");
        queue.renew(PART_STOP);
    }

    private void queueCameBack(Duration away) {
        if (away.compareTo(STORE_FORGETS) > 0) {
            store.renew(PART_STOP);
        }
        partCameBack.run();
    }

    private ObjectStore objectStore(int queuePort) throws Settings.Mistake {
        return settings.store().equals("minio")
                ? new ObjectStore.Minio(part(Part.MINIO), folder, storeHere, storePortHere, secrets, queuePort)
                : new ObjectStore.Versitygw(part(Part.VERSITYGW), folder, storeHere, storePortHere, secrets, queueUrl);
    }

    private Path part(Part part) throws Settings.Mistake {
        try {
            return parts.path(part);
        } catch (MissingPart e) {
            throw new Settings.Mistake(e.getMessage());
        }
    }

    private Launch custodianLaunch(String command, List<String> arguments) throws IOException {
        try {
            return programs.custodian(command, arguments);
        } catch (Settings.Mistake e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    /** Starts what is always on, and has the custodian set everything up. */
    public void start() throws Settings.Mistake, IOException, InterruptedException {
        try {
            identity.start();
        } catch (IOException e) {
            throw new Settings.Mistake(e.getMessage());
        }
        queue.start();
        store.start();
        Custodian.Job setup = custodian.run("setup", () -> {});
        if (setup.state() != Custodian.State.DONE) {
            throw new IOException("setting up failed: " + setup.error().orElse(""));
        }
        disk.start();
    }

    /** @param action called when store or queue were away and serve again */
    public void onPartReturned(Runnable action) {
        partCameBack = action;
    }

    /** Stops everything, functions first, the queue last, so that nobody misses what it still needs. */
    public void stop(Duration drain) {
        disk.stop();
        identity.stop();
        custodian.close();
        List<Thread> stopping = new ArrayList<>();
        functions.values().forEach(function -> stopping.add(Thread.ofVirtual().start(() -> function.close(drain))));
        for (Thread thread : stopping) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        database.close();
        store.stop(PART_STOP);
        queue.stop(PART_STOP);
    }

    /** @return what does not work at present, by part or function, with the reason */
    public Map<String, String> problems() {
        Map<String, String> all = new TreeMap<>(troubles.present());
        store.trouble().ifPresent(trouble -> all.put("store", trouble));
        queue.trouble().ifPresent(trouble -> all.put("queue", trouble));
        database.trouble().ifPresent(trouble -> all.put("database", trouble));
        functions.forEach((name, function) -> function.view()
                .trouble()
                .filter(trouble -> function.view().state() == LocalProcess.State.CRASHED)
                .ifPresent(trouble -> all.put(name, trouble)));
        return all;
    }

    /** A token for a person of this house. */
    public TokenIssuer tokens() {
        return identity.tokens();
    }

    public BearerVerifier verifier() {
        return identity.verifier();
    }

    /** How people log in. */
    public Login login() {
        return identity.login();
    }

    /** What those tokens are verified with: a JWKS. */
    public String publicKeys() {
        return identity.publicKeys();
    }

    /** With what people's connections are encrypted, if they are. */
    public Optional<HouseCertificate> certificate() {
        return certificate;
    }

    /** How others reach what listens on this port. */
    public String address(int port) {
        return origin + ":" + port;
    }

    /** On which others reach the store. */
    public int storePort() {
        return storePort;
    }

    /** On which this machine reaches the store. */
    public int storePortHere() {
        return storePortHere;
    }

    public String storeAddressHere() {
        return "http://" + PublicPort.local(storeHere) + ":" + storePortHere;
    }

    /** Where people and phones reach the store. */
    public String storeAddress() {
        return storeAddress;
    }

    /** Whom everything outside {@code users/} belongs to. */
    public String owner() {
        return settings.values().text("owner", "home");
    }

    /** Where addresses that are signed for browsers and phones lead to. */
    public String storeForBrowsers() {
        return settings.values().text("store.public", storeAddress);
    }

    public String queueUrl() {
        return queueUrl;
    }

    public String deliveryToken() {
        return secrets.deliveryToken();
    }

    /** The name of the store's root key, which is no secret. */
    public String storeAccessKey() {
        return secrets.store().access();
    }

    /** With which phones upload. */
    public Secrets.Key phoneKey() {
        return secrets.phone();
    }

    /** What the store takes for its region. */
    public String storeRegion() {
        return ObjectStore.REGION;
    }

    /** Where the library lies. */
    public Path folder() {
        return folder.root();
    }

    public InstalledModels models() {
        return new InstalledModels(parts);
    }

    public AlwaysOn queue() {
        return queue;
    }

    public AlwaysOn store() {
        return store;
    }

    public SleepingDatabase database() {
        return database;
    }

    public Custodian custodian() {
        return custodian;
    }

    public Programs programs() {
        return programs;
    }

    public Processes processes() {
        return processes;
    }

    public Troubles troubles() {
        return troubles;
    }

    /** {@code api}, {@code postprocessor} or {@code ai}. */
    public LocalProcess function(String name) {
        return functions.get(name);
    }

    public Map<String, LocalProcess> functions() {
        return Collections.unmodifiableMap(functions);
    }
}
