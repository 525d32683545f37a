package dev.memoir.cli;

import dev.memoir.store.FreeSpace;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Whether a library can lie there and this person may use it: told before anything is started that would only fail. */
record LibraryFolder(Path path) {
    private static final String ANOTHER = "Name another one with --data DIR, or mend that.";

    /** @throws Failure when what is there is no library, or somebody else's */
    void requireReadable() {
        if (Files.exists(path) && !Files.isDirectory(path)) {
            throw Failure.cannot(path + " is a file, and a library is a folder.", "Name a folder with --data DIR.");
        }
        Path run = path.resolve("run");
        if (Files.exists(run) && !(Files.isReadable(run) && Files.isExecutable(run))) {
            throw othersLibrary(owner(run).orElse("somebody else"));
        }
    }

    /** @throws Failure when Memoir could not be started on it */
    void requireUsable() {
        requireReadable();
        Optional<String> owner = owner(path.resolve("secrets")).filter(name -> !name.equals(me()));
        if (owner.isPresent()) {
            throw othersLibrary(owner.get());
        }
        // The log is the runner's first word: without room for it nobody would learn why it does not start.
        new FreeSpace(path).shortage().ifPresent(shortage -> {
            throw Failure.cannot(
                    "Memoir was not started: " + shortage + ".",
                    "Free some space there, or choose another folder with --data.");
        });
        Path logs = path.resolve("logs");
        try {
            Files.createDirectories(logs);
        } catch (FileSystemException e) {
            throw Failure.cannot("The library's folder " + path + " cannot be made: " + why(e), ANOTHER);
        } catch (IOException e) {
            throw Failure.cannot("The library's folder " + path + " cannot be made: " + e.getMessage(), ANOTHER);
        }
        for (Path folder : new Path[] {path, logs}) {
            if (!Files.isWritable(folder)) {
                throw Failure.cannot(
                        "Nothing can be written in " + folder + ": it is read-only, or not " + me() + "'s.", ANOTHER);
            }
        }
    }

    private Failure othersLibrary(String owner) {
        return Failure.cannot(
                "The library " + path + " belongs to " + owner + ", and this was started by " + me() + ".",
                "Start it as " + owner + ", or name another library with --data DIR.");
    }

    private static String why(FileSystemException e) {
        return switch (e) {
            case java.nio.file.AccessDeniedException _ ->
                me() + " may not write in " + Path.of(e.getFile()).getParent();
            case java.nio.file.NoSuchFileException _ ->
                "no folders can be made in " + Path.of(e.getFile()).getParent();
            default -> e.getFile() + ": " + (e.getReason() == null ? "it is in the way" : e.getReason());
        };
    }

    private static Optional<String> owner(Path there) {
        try {
            return Files.exists(there) ? Optional.of(Files.getOwner(there).getName()) : Optional.empty();
        } catch (IOException | UnsupportedOperationException unknown) {
            return Optional.empty();
        }
    }

    private static String me() {
        return System.getProperty("user.name");
    }
}
