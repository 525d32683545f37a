package dev.memoir.parts;

import dev.memoir.parts.Source.Take;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.List;
import org.apache.commons.compress.archivers.ArchiveEntry;
import org.apache.commons.compress.archivers.ArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.zip.ZipArchiveInputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;

/** Takes chosen files out of a package (jar, wheel, tgz) into a folder, never outside it. */
final class Archive {
    private static final int EXECUTE_BITS = 0111;

    private Archive() {}

    /** @throws PartsException if a rule matches nothing: the package isn't what was expected */
    static void take(Path archive, List<Take> rules, Path target) throws IOException {
        for (Take rule : rules) {
            if (take(archive, rule, target) == 0) {
                throw new PartsException(archive.getFileName() + " holds no " + rule.from());
            }
        }
    }

    private static int take(Path archive, Take rule, Path target) throws IOException {
        PathMatcher wanted = FileSystems.getDefault().getPathMatcher("glob:" + rule.from());
        Path folder = target.resolve(rule.to()).normalize();
        Files.createDirectories(folder);
        int taken = 0;
        try (ArchiveInputStream<?> in = open(archive)) {
            for (ArchiveEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                Path name = Path.of(entry.getName());
                if (entry.isDirectory() || !wanted.matches(name)) {
                    continue;
                }
                if (rule.unpack()) {
                    unpackTarXz(in, folder);
                } else {
                    Files.copy(in, folder.resolve(name.getFileName().toString()));
                }
                taken++;
            }
        }
        return taken;
    }

    private static void unpackTarXz(InputStream compressed, Path target) throws IOException {
        TarArchiveInputStream tar = new TarArchiveInputStream(new XZCompressorInputStream(compressed));
        for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
            Path file = inside(target, entry.getName());
            if (entry.isDirectory()) {
                Files.createDirectories(file);
                continue;
            }
            Files.createDirectories(file.getParent());
            if (entry.isSymbolicLink()) {
                Path link = Path.of(entry.getLinkName());
                inside(target, target.relativize(file.getParent()).resolve(link).toString());
                Files.createSymbolicLink(file, link);
            } else if (entry.isFile()) {
                Files.copy(tar, file);
                if ((entry.getMode() & EXECUTE_BITS) != 0) {
                    Folders.makeExecutable(file);
                }
            }
        }
    }

    private static Path inside(Path target, String name) {
        Path file = target.resolve(name).normalize();
        if (!file.startsWith(target)) {
            throw new PartsException("The archive wants to write outside its folder: " + name);
        }
        return file;
    }

    private static ArchiveInputStream<?> open(Path archive) throws IOException {
        InputStream in = new BufferedInputStream(Files.newInputStream(archive));
        String name = archive.getFileName().toString();
        return name.endsWith(".tgz") || name.endsWith(".tar.gz")
                ? new TarArchiveInputStream(new GzipCompressorInputStream(in))
                : new ZipArchiveInputStream(in);
    }
}
