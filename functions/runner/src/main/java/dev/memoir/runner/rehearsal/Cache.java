package dev.memoir.runner.rehearsal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * One program's AOT cache, and a note of what it was made for: the JVM ignores a cache that does not fit without a word,
 * so the note tells when to make a new one.
 *
 * @param file the cache
 * @param jar the program
 */
record Cache(Path file, Path jar) {
    boolean fits() {
        try {
            return Files.exists(file)
                    && Files.exists(note())
                    && Files.readString(note()).equals(madeFor());
        } catch (IOException e) {
            return false;
        }
    }

    /** Where the JVM writes a new one. */
    Path fresh() {
        return file.resolveSibling(file.getFileName() + ".new");
    }

    /** Removes what an unfinished rehearsal has left. */
    void discardFresh() {
        try {
            Files.deleteIfExists(fresh());
            // what the JVM writes on the way to a cache
            Files.deleteIfExists(fresh().resolveSibling(fresh().getFileName() + ".config"));
        } catch (IOException e) {
            // it is written over by the next one
        }
    }

    /** Puts the new one in place of the old; false when there is none. */
    boolean adopt() throws IOException {
        if (!Files.exists(fresh())) {
            return false;
        }
        Files.deleteIfExists(note());
        Files.move(fresh(), file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        Files.writeString(note(), madeFor());
        return true;
    }

    private Path note() {
        return file.resolveSibling(file.getFileName() + ".for");
    }

    private String madeFor() throws IOException {
        return System.getProperty("java.vm.version") + " " + jar + " "
                + Files.getLastModifiedTime(jar).toMillis();
    }
}
