package dev.memoir.api;

import dev.memoir.catalog.GeoBox;
import dev.memoir.catalog.Library;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.List;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.GraphQLApi;
import org.eclipse.microprofile.graphql.NonNull;
import org.eclipse.microprofile.graphql.Query;

/** Looking for assets by where, and on which day of the year, they were taken. */
@GraphQLApi
@Answers
public class PlacesAndDays {
    private static final int LARGEST_ZOOM = 22;

    private final Library library;
    private final Bearer bearer;

    public PlacesAndDays(Library library, Bearer bearer) {
        this.library = library;
        this.bearer = bearer;
    }

    @Query
    @NonNull
    @Description(
            "Where the caller's assets were taken, within a box on the map. At zoom z, at which the earth is 512·2^z"
                    + " pixels wide, those are told apart that lie some 128 to 256 pixels from each other. At most 1,024 clusters.")
    public List<@NonNull MapCluster> map(
            AssetFilter filter, @NonNull AssetFilter.Box box, @Description("0 to 22.") int zoom) {
        if (zoom < 0 || zoom > LARGEST_ZOOM) {
            throw new Problem.BadInput("zoom: between 0 and " + LARGEST_ZOOM + ", not " + zoom);
        }
        return library.map(bearer.caller(), AssetFilter.read(filter), box(box), zoom).stream()
                .map(MapCluster::new)
                .toList();
    }

    private static GeoBox box(AssetFilter.Box box) {
        try {
            return box.read();
        } catch (IllegalArgumentException e) {
            throw new Problem.BadInput("box: " + e.getMessage());
        }
    }

    @Query
    @NonNull
    @Description("What was taken on this day of earlier years, by the clock where it was taken; the latest year first."
            + " On the 28th of February of a common year also what was taken on a 29th.")
    public List<@NonNull MemoryView> memories(
            @NonNull @Description("As 2026-11-28: the day it is where the caller is.") String day) {
        return library.memories(bearer.caller(), day(day)).stream()
                .map(MemoryView::new)
                .toList();
    }

    private static LocalDate day(String text) {
        try {
            LocalDate day = LocalDate.parse(text);
            if (day.getYear() > 0 && day.getYear() <= 9999) {
                return day;
            }
        } catch (DateTimeParseException e) {
            // said below
        }
        throw new Problem.BadInput("day: as 2026-11-28, not " + text);
    }
}
