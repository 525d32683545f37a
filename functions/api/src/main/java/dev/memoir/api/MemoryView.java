package dev.memoir.api;

import dev.memoir.catalog.Memory;
import java.util.List;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.NonNull;
import org.eclipse.microprofile.graphql.Type;

/** What was taken on a day of an earlier year, as a client shows it. */
@Type("Memory")
@Description("What was taken on this day of an earlier year.")
public final class MemoryView {
    private final Memory memory;

    MemoryView(Memory memory) {
        this.memory = memory;
    }

    public int getYear() {
        return memory.year();
    }

    @NonNull
    @Description("The first of the day, at most 12, without what is not safe for work.")
    public List<@NonNull Asset> getAssets() {
        return memory.items().stream().map(Asset::new).toList();
    }
}
