package dev.memoir.parts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.memoir.parts.Source.Take;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.apache.commons.compress.compressors.xz.XZCompressorOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A jar that holds a tar.xz, as PostgreSQL's does. */
class ArchiveTest {
    private static final List<Take> ALL = List.of(new Take("*.txz", "", true));

    @TempDir
    private Path scratch;

    @Test
    void programsStayExecutableAndLinksStayLinks() throws Exception {
        Path jar = jar(tar -> {
            file(tar, "bin/postgres", 0755);
            file(tar, "lib/libpq.so.5.18", 0644);
            link(tar, "lib/libpq.so", "libpq.so.5.18");
        });
        Path target = Files.createDirectory(scratch.resolve("target"));
        Archive.take(jar, ALL, target);
        assertTrue(Files.isExecutable(target.resolve("bin/postgres")));
        assertFalse(Files.isExecutable(target.resolve("lib/libpq.so.5.18")));
        assertEquals(Path.of("libpq.so.5.18"), Files.readSymbolicLink(target.resolve("lib/libpq.so")));
    }

    @Test
    void aFileOutsideTheTargetIsRefused() throws Exception {
        Path jar = jar(tar -> file(tar, "../evil", 0644));
        Path target = Files.createDirectory(scratch.resolve("target"));
        assertThrows(PartsException.class, () -> Archive.take(jar, ALL, target));
        assertTrue(Files.notExists(scratch.resolve("evil")));
    }

    @Test
    void aLinkOutOfTheTargetIsRefused() throws Exception {
        Path jar = jar(tar -> link(tar, "lib/passwords", "../../../etc/passwd"));
        Path target = Files.createDirectory(scratch.resolve("target"));
        assertThrows(PartsException.class, () -> Archive.take(jar, ALL, target));
    }

    private interface Content {
        void writeTo(TarArchiveOutputStream tar) throws IOException;
    }

    private Path jar(Content content) throws IOException {
        ByteArrayOutputStream txz = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(new XZCompressorOutputStream(txz))) {
            content.writeTo(tar);
        }
        Path jar = scratch.resolve("binaries.jar");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(jar))) {
            zip.putNextEntry(new ZipEntry("postgres.txz"));
            zip.write(txz.toByteArray());
            zip.closeEntry();
        }
        return jar;
    }

    private static void file(TarArchiveOutputStream tar, String name, int mode) throws IOException {
        byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        TarArchiveEntry entry = new TarArchiveEntry(name);
        entry.setSize(bytes.length);
        entry.setMode(mode);
        tar.putArchiveEntry(entry);
        tar.write(bytes);
        tar.closeArchiveEntry();
    }

    private static void link(TarArchiveOutputStream tar, String name, String to) throws IOException {
        TarArchiveEntry entry = new TarArchiveEntry(name, TarConstants.LF_SYMLINK);
        entry.setLinkName(to);
        tar.putArchiveEntry(entry);
        tar.closeArchiveEntry();
    }
}
