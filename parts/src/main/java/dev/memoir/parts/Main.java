package dev.memoir.parts;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** {@code install [NAME…]}, {@code list}, {@code path NAME}: for scripts. */
public final class Main {
    private static final String USAGE = """
            usage: install [NAME…]   without names: all that `memoir test` needs
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
        Set<Part> wanted = names.isEmpty() ? Part.neededByTests() : new TreeSet<>();
        names.stream().map(Part::named).forEach(wanted::add);
        long start = System.nanoTime();
        parts.install(
                wanted,
                (part, line) ->
                        System.err.printf("%6.1f s  %s: %s%n", (System.nanoTime() - start) / 1e9, part.id(), line));
    }

    private static String line(Finding finding) {
        String told = finding.name() + ": " + finding.found().orElse("missing");
        return told
                + finding.cost().map(cost -> "\n    " + cost).orElse("")
                + finding.command().map(command -> "\n    mend it: " + command).orElse("");
    }
}
