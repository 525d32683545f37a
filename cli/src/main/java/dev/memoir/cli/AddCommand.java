package dev.memoir.cli;

import dev.memoir.store.FreeSpace;
import dev.memoir.store.Keys;
import dev.memoir.store.MediaStore;
import dev.memoir.store.StoreException;
import dev.memoir.store.StoreFullException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

@Command(
        name = "add",
        description = {
            "Takes files and whole folders in, through S3 as a phone does. The originals are copied, never moved.",
            "A folder keeps its name and its inner folders. What is there already is not sent again.",
            "Hidden and unfinished files and what is neither photo nor video by its name stay out; that is said.",
            "After an error it goes on, and ends with a list and exit code 1; the same command again sends the rest."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  memoir add ~/Pictures/2024",
            "  memoir add IMG_0001.JPG IMG_0002.MOV",
            "  memoir add --user anna /media/phone/DCIM"
        })
final class AddCommand implements Callable<Integer> {
    /** Enough to keep a disk and a home network busy. */
    private static final int AT_ONCE = 4;

    @ParentCommand
    private Memoir memoir;

    @Parameters(arity = "1..*", paramLabel = "FILE|FOLDER", description = "What to take in.")
    private List<Path> paths;

    @Option(names = "--user", paramLabel = "NAME", description = "Whose they are. Default: the household's.")
    private String user;

    @Option(names = "--into", paramLabel = "FOLDER", description = "Put them below this folder of the library.")
    private String into;

    /** Why nothing more fits into the library, once that is so. */
    private final AtomicReference<String> full = new AtomicReference<>();

    private final Set<Path> unsent = ConcurrentHashMap.newKeySet();

    private record Problem(Path file, String why) {}

    @Override
    public Integer call() throws InterruptedException {
        String prefix = prefix();
        Selection selection = Selection.of(paths, Selection.Of.MEDIA);
        RunnerClient runner = memoir.runner();
        UploadProgress progress = new UploadProgress(
                memoir.terminal(),
                selection.files().size(),
                selection.files().stream().mapToLong(Selection.Picked::size).sum());
        List<Problem> problems = Collections.synchronizedList(new ArrayList<>());
        AtomicInteger known = new AtomicInteger();
        try (MediaStore store = StoreKey.read(memoir.installation(), "store").open(runner.runner())) {
            upload(store, prefix, selection.files(), progress, known, problems);
        }
        progress.finish();
        report(selection, known.get(), problems, progress);
        if (!unsent.isEmpty()) {
            throw Failure.failed(
                    unsent.size() + " of " + selection.files().size() + " files were not sent: " + full.get() + ".",
                    "Free some space there, then run the same command again: it sends what is missing.");
        }
        return problems.isEmpty() ? ExitCodes.OK : ExitCodes.FAILED;
    }

    private void upload(
            MediaStore store,
            String prefix,
            List<Selection.Picked> files,
            UploadProgress progress,
            AtomicInteger known,
            List<Problem> problems)
            throws InterruptedException {
        try (ExecutorService workers =
                Executors.newFixedThreadPool(AT_ONCE, Thread.ofVirtual().factory())) {
            for (Selection.Picked picked : files) {
                workers.execute(() -> {
                    if (isFullFor(picked)) {
                        unsent.add(picked.file());
                        return;
                    }
                    progress.begin(picked);
                    boolean sent = false;
                    try {
                        sent = new Upload(store, prefix + picked.relative(), picked.file()).sendUnlessThere();
                        if (!sent) {
                            known.incrementAndGet();
                        }
                    } catch (StoreFullException e) {
                        full.compareAndSet(null, e.getMessage());
                        unsent.add(picked.file());
                    } catch (StoreException | UncheckedIOException e) {
                        problems.add(new Problem(picked.file(), e.getMessage()));
                    }
                    progress.end(picked, sent);
                });
            }
        }
    }

    /** Looked at for each file, and before the disk is full to the brim: what is in must still be worked on. */
    private boolean isFullFor(Selection.Picked picked) {
        new FreeSpace(memoir.installation().library())
                .shortageFor(picked.size())
                .ifPresent(shortage -> full.compareAndSet(null, shortage));
        return full.get() != null;
    }

    private String prefix() {
        StringBuilder prefix = new StringBuilder();
        if (user != null) {
            if (user.isBlank() || user.contains("/") || user.startsWith(".")) {
                throw Failure.cannot("--user " + user + " is not a name.", "Give one without slashes, like: anna");
            }
            prefix.append(Keys.USERS).append(user).append('/');
        }
        if (into != null) {
            String folder = into.replaceAll("^/+|/+$", "");
            if (folder.isEmpty() || List.of(folder.split("/")).contains("..")) {
                throw Failure.cannot(
                        "--into " + into + " is not a folder of the library.", "Give it like: holidays/2024");
            }
            prefix.append(folder).append('/');
        }
        return prefix.toString();
    }

    private void report(Selection selection, int known, List<Problem> problems, UploadProgress progress) {
        Terminal terminal = memoir.terminal();
        Map<String, Long> reasons = selection.skipped().stream()
                .collect(Collectors.groupingBy(Selection.Skipped::reason, TreeMap::new, Collectors.counting()));
        selection.skipped().forEach(s -> terminal.say("skipped " + s.file() + ": " + s.reason()));
        problems.forEach(p -> terminal.say("failed  " + p.file() + ": " + p.why()));
        terminal.print("Added " + progress.sentSummary() + ". Already there: " + known + ". Skipped: "
                + selection.skipped().size() + (reasons.isEmpty() ? "" : " " + reasons) + ". Failed: "
                + problems.size() + ".");
    }
}
