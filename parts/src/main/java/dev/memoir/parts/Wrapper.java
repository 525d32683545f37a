package dev.memoir.parts;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Small scripts in {@code bin} for programs whose libraries lie beside them. */
final class Wrapper {
    private Wrapper() {}

    static void write(Pin.Wrap wrap, Platform platform, Path part) throws IOException {
        Path folder = part.resolve(wrap.folder());
        for (Map.Entry<String, List<String>> library : wrap.standIns().entrySet()) {
            Path file = folder.resolve(library.getKey());
            if (platform != Platform.MACOS_ARM64 && Files.notExists(file)) {
                Files.write(file, StandIn.library(platform, library.getKey(), library.getValue()));
            }
        }
        Path bin = Files.createDirectories(part.resolve("bin"));
        for (String program : wrap.programs()) {
            Folders.makeExecutable(folder.resolve(program));
            Path script = bin.resolve(program);
            Files.writeString(script, """
                    #!/bin/sh
                    here=$(cd "$(dirname "$0")/../%1$s" && pwd -P) || exit 127
                    LD_LIBRARY_PATH=$here DYLD_LIBRARY_PATH=$here exec "$here/%2$s" "$@"
                    """.formatted(wrap.folder(), program));
            Folders.makeExecutable(script);
        }
    }
}
