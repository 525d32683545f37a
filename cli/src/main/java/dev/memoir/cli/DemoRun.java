package dev.memoir.cli;

import dev.memoir.store.Keys;
import dev.memoir.store.MediaStore;
import dev.memoir.store.StoreException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Puts files, waits until Memoir has dealt with them, asks what it found out, and waits until it sleeps. The waiting goes by
 * the runner's status, which wakes nothing: the API starts for the one question at the end.
 */
final class DemoRun {
    /** A store tells the queue of a put a moment after the put; only a queue that stays empty is empty. */
    private static final Duration QUIET = Duration.ofSeconds(1);

    /** After the queue went quiet, something may still be missing because an event was lost; longer is no use. */
    private static final Duration GRACE = Duration.ofSeconds(10);

    private static final long LOOK_MILLIS = 100;

    private final Installation installation;
    private final RunnerClient runner;
    private final Terminal terminal;
    private final Duration patience;

    DemoRun(Installation installation, RunnerClient runner, Terminal terminal, Duration patience) {
        this.installation = installation;
        this.runner = runner;
        this.terminal = terminal;
        this.patience = patience;
    }

    DemoReport show(List<Selection.Picked> picked, String folder) {
        List<DemoFile> files = deliver(picked, folder);
        awaitQuiet();
        Map<String, DemoAsset> assets = ask(files);
        return new DemoReport(files, assets, awaitSleep());
    }

    private List<DemoFile> deliver(List<Selection.Picked> picked, String folder) {
        Set<String> names = new HashSet<>();
        Set<String> ambiguous = new HashSet<>();
        picked.stream()
                .map(Selection.Picked::name)
                .filter(name -> !names.add(name))
                .forEach(ambiguous::add);
        Set<String> keys = new HashSet<>();
        List<DemoFile> files = new ArrayList<>();
        try (MediaStore store = StoreKey.read(installation, "store").open(runner.runner())) {
            for (Selection.Picked one : picked) {
                String key = free(folder, one.relative(), keys);
                String name = ambiguous.contains(one.name()) ? one.relative() : one.name();
                terminal.passing("putting " + name);
                files.add(deliver(store, one.file(), name, key));
            }
        }
        terminal.clearPassing();
        return files;
    }

    /** Two files of the same name from different folders get different keys. */
    private static String free(String folder, String relative, Set<String> taken) {
        String key = folder + relative;
        for (int n = 2; !taken.add(key); n++) {
            key = folder + n + "/" + relative;
        }
        return key;
    }

    private static DemoFile deliver(MediaStore store, Path file, String name, String key) {
        String sha256 = null;
        DemoFile.Delivery delivery;
        try (InputStream bytes = Files.newInputStream(file)) {
            sha256 = Upload.digest("SHA-256", bytes);
            delivery = switch (Keys.kind(key)) {
                case ORIGINAL -> {
                    new Upload(store, key, file).send();
                    yield new DemoFile.Delivery.Put(Instant.now());
                }
                case SIDECAR -> new DemoFile.Delivery.Skipped("a sidecar belongs to the photo beside it");
                case LIBRARY, UNFINISHED ->
                    new DemoFile.Delivery.Skipped("unfinished or a system's own file, by its name");
            };
        } catch (StoreException | IOException | UncheckedIOException e) {
            delivery = new DemoFile.Delivery.Failed(e.getMessage());
        }
        return new DemoFile(name, key, sha256, delivery);
    }

    private void awaitQuiet() {
        Instant changed = Instant.now();
        Instant quietSince = Instant.now();
        long before = -1;
        while (Duration.between(quietSince, Instant.now()).compareTo(QUIET) < 0) {
            Status status = runner.status();
            long queued = status.queued();
            Instant now = Instant.now();
            if (queued != before) {
                changed = now;
                before = queued;
            }
            if (!status.quiet()) {
                quietSince = now;
                terminal.passing(queued + " events are waiting or at work");
            }
            if (Duration.between(changed, now).compareTo(patience) > 0) {
                terminal.say("Nothing was finished for " + patience.toSeconds() + " s; " + queued
                        + " events still wait. See ./memoir status and ./memoir logs");
                break;
            }
            Await.pause(LOOK_MILLIS);
        }
        terminal.clearPassing();
    }

    private Map<String, DemoAsset> ask(List<DemoFile> files) {
        Set<String> wanted = new HashSet<>();
        files.stream().filter(file -> file.putAt().isPresent()).forEach(file -> wanted.add(file.sha256()));
        DemoQuestion question = new DemoQuestion(GraphQlClient.as(QueryCommand.DEFAULT_USER, runner));
        Map<String, DemoAsset> found = new HashMap<>(question.ask(wanted));
        Instant deadline = Instant.now().plus(patience.compareTo(GRACE) < 0 ? patience : GRACE);
        while (!complete(wanted, found) && Instant.now().isBefore(deadline)) {
            awaitQuiet();
            found.putAll(question.ask(wanted));
        }
        return found;
    }

    private static boolean complete(Set<String> wanted, Map<String, DemoAsset> found) {
        return found.keySet().containsAll(wanted) && found.values().stream().allMatch(DemoAsset::complete);
    }

    private Map<String, String> awaitSleep() {
        terminal.passing("waiting until every function sleeps");
        boolean slept = Await.until(patience, () -> runner.status().allAsleep());
        Status status = runner.status();
        if (!slept) {
            terminal.say("After " + patience.toSeconds() + " s something is still awake: " + status.functions()
                    + ", database " + status.database());
        }
        terminal.clearPassing();
        return status.functions();
    }
}
