package dev.memoir.parts;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Runs the models' conversion in a Python environment of its own, which is thrown away afterwards. */
final class Conversion {
    private Conversion() {}

    /**
     * @param packages the folder with the checked packages
     * @param work an empty folder for the environment
     * @param out where the converted files go
     */
    static void run(Pin.Convert convert, Path packages, Path work, Path out) throws IOException {
        Path home = home(convert)
                .orElseThrow(() -> new PartsException("The models cannot be converted: " + convert.script()
                        + " was not found. Run it from Memoir's checkout, or set MEMOIR_CHECKOUT to it."));
        Path environment = work.resolve("environment");
        String python = environment.resolve("bin/python").toString();
        python("Making a Python environment", work, "python3", "-m", "venv", environment.toString());
        python(
                "Getting what the models' conversion needs",
                work,
                python,
                "-m",
                "pip",
                "install",
                "--quiet",
                "--disable-pip-version-check",
                "--only-binary=:all:",
                "--require-hashes",
                "--requirement",
                home.resolve(convert.requirements()).toString());
        python(
                "Converting the models",
                work,
                python,
                "-B",
                home.resolve(convert.script()).toString(),
                "--catalogue",
                home.resolve(convert.catalogue()).toString(),
                "--packages",
                packages.toString(),
                "--out",
                out.toString());
    }

    /** Eight hexadecimal digits of the catalogue's SHA-256; empty where there is no catalogue. */
    static Optional<String> edition(Pin.Convert convert) {
        return home(convert).map(home -> home.resolve(convert.catalogue())).map(catalogue -> {
            try {
                return Checksum.sha256(catalogue).substring(0, 8);
            } catch (IOException e) {
                throw new PartsException(catalogue + " cannot be read: " + e.getMessage(), e);
            }
        });
    }

    private static void python(String purpose, Path work, String... command) {
        List<String> nice = new ArrayList<>(List.of("nice"));
        nice.addAll(List.of(command));
        Client.run(purpose, work, Map.of(), nice);
    }

    /** Where the script is: in the checkout, in the distribution, or above the current folder. */
    private static Optional<Path> home(Pin.Convert convert) {
        List<Path> places = new ArrayList<>();
        for (String variable : List.of("MEMOIR_CHECKOUT", "MEMOIR_DIST")) {
            Optional.ofNullable(System.getenv(variable)).map(Path::of).ifPresent(places::add);
        }
        for (Path folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
            places.add(folder);
        }
        return places.stream()
                .filter(place -> Files.isRegularFile(place.resolve(convert.script())))
                .findFirst();
    }
}
