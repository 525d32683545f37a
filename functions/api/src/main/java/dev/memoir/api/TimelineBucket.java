package dev.memoir.api;

import dev.memoir.catalog.Cursor;
import dev.memoir.catalog.Stretch;
import java.time.Instant;
import java.util.Optional;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.NonNull;
import org.eclipse.microprofile.graphql.Type;

/** A stretch of the timeline as a client reads it. */
@Type("TimelineBucket")
@Description(
        "Seven days of the timeline, or a part of them, with at most 2,000 assets. To read it, ask for assets with its"
                + " takenFrom, takenBefore and after, until count of them have come.")
public final class TimelineBucket {
    private final Stretch stretch;

    TimelineBucket(Stretch stretch) {
        this.stretch = stretch;
    }

    @NonNull
    @Description("As in the filter of assets.")
    public Instant getTakenFrom() {
        return stretch.from();
    }

    @NonNull
    @Description("As in the filter of assets.")
    public Instant getTakenBefore() {
        return stretch.before();
    }

    @Description("How many assets it has.")
    public int getCount() {
        return stretch.items();
    }

    @Description("The cursor to read it from, if another bucket has the earlier part of the same days.")
    public Optional<String> getAfter() {
        return stretch.after().map(Cursor::text);
    }
}
