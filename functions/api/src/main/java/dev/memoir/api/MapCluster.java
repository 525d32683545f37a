package dev.memoir.api;

import dev.memoir.catalog.Spot;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.NonNull;
import org.eclipse.microprofile.graphql.Type;

/** What lies close together on a map, as a client draws it. */
@Type("MapCluster")
@Description("Assets that lie close together on a map.")
public final class MapCluster {
    private final Spot spot;

    MapCluster(Spot spot) {
        this.spot = spot;
    }

    @Description("How many assets there are.")
    public int getCount() {
        return spot.items();
    }

    @Description("Where the shown one was taken: degrees, WGS 84.")
    public double getLatitude() {
        return spot.place().latitude();
    }

    @Description("Where the shown one was taken: degrees, WGS 84.")
    public double getLongitude() {
        return spot.place().longitude();
    }

    @Description("All of them lie within it: degrees, WGS 84.")
    public double getSouth() {
        return spot.box().south();
    }

    @Description("All of them lie within it: degrees, WGS 84.")
    public double getWest() {
        return spot.box().west();
    }

    @Description("All of them lie within it: degrees, WGS 84.")
    public double getNorth() {
        return spot.box().north();
    }

    @Description("All of them lie within it: degrees, WGS 84.")
    public double getEast() {
        return spot.box().east();
    }

    @NonNull
    @Description("One of the newest.")
    public Asset getAsset() {
        return new Asset(spot.shown());
    }
}
