package dev.memoir.parts;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** {@code install [NAME…]}, {@code list}, {@code path NAME}: for scripts. */
public final class Main {
    private static final String USAGE = """
            usage: install [NAME…]   without names: all that `memoir test` needs
                   install --for PLATFORM NAME…
                                     for images of another platform (linux-arm64): into parts-PLATFORM
                   list              what is there and what is missing
                   path NAME         where the part is""";

    private Main() {}

    public static void main(String[] arguments) {
        System.exit(run(List.of(arguments)));
    }

    private static int run(List<String> arguments) {
        Parts parts = Parts.open();
        try {
            switch (arguments.isEmpty() ? "" : arguments.getFirst()) {
                case "install" -> install(parts, arguments.subList(1, arguments.size()));
                case "list" -> parts.examine().forEach(finding -> System.out.println(line(finding)));
                case "path" -> System.out.println(parts.path(Part.named(arguments.get(1))));
                default -> {
                    System.err.println(USAGE);
                    return 2;
                }
            }
            return 0;
        } catch (PartsException e) {
            System.err.println(e.getMessage());
            return 1;
        }
    }

    private static void install(Parts parts, List<String> names) {
        if (names.size() > 1 && names.getFirst().equals("--for")) {
            Platform platform = Platform.named(names.get(1))
                    .orElseThrow(() -> new PartsException("There is no platform named \"" + names.get(1)
                            + "\". Platforms: "
                            + Stream.of(Platform.values()).map(Platform::id).collect(Collectors.joining(", "))));
            Set<Part> wanted = new TreeSet<>();
            names.stream().skip(2).map(Part::named).forEach(wanted::add);
            Parts.of(platform).installFor(platform, wanted, progress());
            return;
        }
        Set<Part> wanted = names.isEmpty() ? Part.neededByTests() : new TreeSet<>();
        names.stream().map(Part::named).forEach(wanted::add);
        parts.install(wanted, progress());
    }

    private static Progress progress() {
        long start = System.nanoTime();
        return (part, line) ->
                System.err.printf("%6.1f s  %s: %s%n", (System.nanoTime() - start) / 1e9, part.id(), line);
    }

    private static String line(Finding finding) {
        String told = finding.name() + ": " + finding.found().orElse("missing");
        return told
                + finding.cost().map(cost -> "\n    " + cost).orElse("")
                + finding.command().map(command -> "\n    mend it: " + command).orElse("");
    }
}
