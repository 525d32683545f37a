package dev.memoir.cli;

import dev.memoir.house.Rights;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import picocli.CommandLine.Option;

/** What somebody may, as options. */
final class RightsOptions {
    @Option(
            names = "--group",
            paramLabel = "NAME",
            description = "A group, such as family (sees what belongs to all) or admin. Several by several options."
                    + " Default: family.")
    private List<String> groups = new ArrayList<>();

    @Option(names = "--guest", description = "In no group: sees only what is their own.")
    private boolean guest;

    @Option(
            names = "--adult",
            negatable = true,
            description = "Sees what is not for children, and may put what belongs to all into the trash.")
    private boolean adult;

    Rights rights() {
        TreeSet<String> all = new TreeSet<>(groups);
        if (groups.isEmpty() && !guest) {
            all.add(Rights.FAMILY);
        }
        TreeMap<String, String> attributes = new TreeMap<>();
        if (adult) {
            attributes.put(Rights.ADULT, "true");
        }
        return new Rights(all, attributes);
    }
}
