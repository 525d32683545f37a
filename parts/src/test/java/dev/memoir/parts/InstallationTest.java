package dev.memoir.parts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Installers as processes of their own, and an npm of the test's making that delivers what the test wants. */
class InstallationTest {
    @TempDir
    private Path scratch;

    private Path root;
    private Path programs;
    private Path calls;
    private Path delivered;

    private record Ended(int status, String said) {}

    @BeforeEach
    void aRegistryWithOnePackage() throws Exception {
        root = scratch.resolve("parts");
        programs = Files.createDirectory(scratch.resolve("bin"));
        calls = scratch.resolve("calls");
        delivered = scratch.resolve("delivered.tgz");
        writePackage("a photo");
        pin(integrity());
        npm("cp " + delivered + " photo-1.tgz");
    }

    @Test
    void aPartIsInstalledOnceAndThenLeftAlone() throws Exception {
        assertEquals(0, end(install()).status());
        assertEquals("a photo", Files.readString(root.resolve("samples-1/photos/cat.jpg")));
        assertEquals(0, end(install()).status());
        assertEquals(1, Files.readAllLines(calls).size());
    }

    @Test
    void aWrongChecksumRefusesAndLeavesNothingBehind() throws Exception {
        writePackage("another photo");
        Ended ended = end(install());
        assertEquals(1, ended.status());
        assertTrue(ended.said().contains("photo@1 is not the package that Memoir pins"), ended.said());
        assertEquals(List.of(), installedFiles());
    }

    @Test
    void aPackageWithoutTheExpectedFileRefusesAndLeavesNothingBehind() throws Exception {
        try (TarArchiveOutputStream tar = tar(delivered)) {
            add(tar, "package/README", "no photo");
        }
        pin(integrity());
        Ended ended = end(install());
        assertEquals(1, ended.status());
        assertTrue(ended.said().contains("holds no package/*.jpg"), ended.said());
        assertEquals(List.of(), installedFiles());
    }

    @Test
    void twoInstallersAtOnceGetThePackageOnce() throws Exception {
        npm("sleep 1; cp " + delivered + " photo-1.tgz");
        Process one = install();
        Process other = install();
        assertEquals(0, end(one).status());
        assertEquals(0, end(other).status());
        assertEquals(1, Files.readAllLines(calls).size());
        assertEquals("a photo", Files.readString(root.resolve("samples-1/photos/cat.jpg")));
    }

    @Test
    void whatAKilledInstallerLeftIsClearedAwayByTheNext() throws Exception {
        npm("touch " + scratch + "/began; sleep 2");
        Process killed = install();
        awaitFile(scratch.resolve("began"));
        killed.destroyForcibly().waitFor();
        npm("cp " + delivered + " photo-1.tgz");
        assertEquals(0, end(install()).status());
        assertEquals(List.of("samples-1"), installedFiles());
    }

    @Test
    void aMissingClientIsNamedWithWhatToDo() throws Exception {
        Files.delete(programs.resolve("npm"));
        Ended ended = end(install());
        assertEquals(1, ended.status());
        assertTrue(ended.said().contains("Getting photo@1 failed: `npm` could not be run"), ended.said());
        assertTrue(ended.said().contains("memoir doctor"), ended.said());
        assertEquals(List.of(), installedFiles());
    }

    @Test
    void whatAFailedClientSaidIsPassedOn() throws Exception {
        npm("echo 'network is unreachable' >&2; exit 7");
        Ended ended = end(install());
        assertEquals(1, ended.status());
        assertTrue(ended.said().contains("ended with status 7"), ended.said());
        assertTrue(ended.said().contains("network is unreachable"), ended.said());
        assertEquals(List.of(), installedFiles());
    }

    private Process install() throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Installer.class.getName(),
                root.toString(),
                scratch.resolve("parts.json").toString());
        builder.environment().put("PATH", programs.toString());
        return builder.redirectErrorStream(true).start();
    }

    private static Ended end(Process process) throws Exception {
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Ended(process.waitFor(), said);
    }

    /** All but the locks, which stay. */
    private List<String> installedFiles() throws IOException {
        try (Stream<Path> files = Files.list(root)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> !name.endsWith(".lock"))
                    .toList();
        }
    }

    private void npm(String script) throws IOException {
        Path npm = programs.resolve("npm");
        Files.writeString(npm, "#!/bin/sh\nPATH=/usr/bin:/bin\necho \"$@\" >> " + calls + "\n" + script + "\n");
        Folders.makeExecutable(npm);
    }

    private void pin(String integrity) throws IOException {
        Files.writeString(scratch.resolve("parts.json"), """
                {"about": "a test's", "parts": [{"name": "samples", "version": "1", "path": "", "sources": [
                  {"kind": "npm", "package": "photo", "version": "1", "integrity": "%s",
                   "take": [{"from": "package/*.jpg", "to": "photos/"}]}]}]}
                """.formatted(integrity));
    }

    private String integrity() throws Exception {
        byte[] digest = MessageDigest.getInstance("SHA-512").digest(Files.readAllBytes(delivered));
        return "sha512-" + Base64.getEncoder().encodeToString(digest);
    }

    private void writePackage(String photo) throws IOException {
        try (TarArchiveOutputStream tar = tar(delivered)) {
            add(tar, "package/cat.jpg", photo);
        }
    }

    private static TarArchiveOutputStream tar(Path file) throws IOException {
        OutputStream out = Files.newOutputStream(file);
        return new TarArchiveOutputStream(new GzipCompressorOutputStream(out));
    }

    private static void add(TarArchiveOutputStream tar, String name, String content) throws IOException {
        byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
        TarArchiveEntry entry = new TarArchiveEntry(name);
        entry.setSize(bytes.length);
        tar.putArchiveEntry(entry);
        tar.write(bytes);
        tar.closeArchiveEntry();
    }

    private static void awaitFile(Path file) throws InterruptedException {
        long end = System.nanoTime() + 20_000_000_000L;
        while (Files.notExists(file)) {
            assertTrue(System.nanoTime() < end, file + " did not appear");
            Thread.sleep(20);
        }
    }
}
