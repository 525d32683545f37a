package dev.memoir.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.UserDefinedFileAttributeView;

/** Folders for a server's files. */
final class Scratch {
    private Scratch() {}

    static Path folder(String prefix) {
        try {
            return Files.createTempDirectory("memoir-test-" + prefix + "-").toRealPath();
        } catch (IOException e) {
            throw new UncheckedIOException("no temporary folder could be made", e);
        }
    }

    static Path folder(Path parent, String name) {
        try {
            return Files.createDirectories(parent.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(parent + " cannot be written", e);
        }
    }

    /** Whether files there can carry extended attributes of users, which versitygw keeps an object's facts in. */
    static boolean keepsAttributes(Path folder) {
        Path probe = folder.resolve(".attributes");
        try {
            Files.createFile(probe);
            Files.getFileAttributeView(probe, UserDefinedFileAttributeView.class)
                    .write("memoir", ByteBuffer.wrap("1".getBytes(StandardCharsets.US_ASCII)));
            return true;
        } catch (IOException | UnsupportedOperationException e) {
            return false;
        } finally {
            delete(probe);
        }
    }

    /** Deletes as much as can be: a server that still ends may write meanwhile, and it is a temporary folder. */
    static void delete(Path root) {
        try {
            Files.walkFileTree(root, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    Files.deleteIfExists(file);
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult postVisitDirectory(Path folder, IOException error) throws IOException {
                    Files.deleteIfExists(folder);
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            root.toFile().deleteOnExit();
        }
    }
}
