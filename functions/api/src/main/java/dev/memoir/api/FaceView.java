package dev.memoir.api;

import dev.memoir.catalog.PeopleLibrary.Face;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.Id;
import org.eclipse.microprofile.graphql.NonNull;
import org.eclipse.microprofile.graphql.Type;

/** A face as a client reads one. */
@Type("Face")
@Description("A face in a photo. Places are parts of the upright picture's width and height, 0 to 1.")
public final class FaceView {
    private final Face face;

    FaceView(Face face) {
        this.face = face;
    }

    Face face() {
        return face;
    }

    @Id
    @NonNull
    public String getId() {
        return face.id().toString();
    }

    @NonNull
    @Description("May reach over the picture's edge.")
    public FaceBox getBox() {
        return new FaceBox(
                face.box().left(),
                face.box().top(),
                face.box().width(),
                face.box().height());
    }

    @NonNull
    @Description("Outer and inner corner of the eye that is right in the picture, then of the other, base of the nose.")
    public List<@NonNull FacePoint> getPoints() {
        List<FacePoint> points = new ArrayList<>();
        for (int i = 0; i + 1 < face.points().size(); i += 2) {
            points.add(new FacePoint(face.points().get(i), face.points().get(i + 1)));
        }
        return points;
    }

    @Description("How sure the detector is; sure ones have about 1.")
    public double getScore() {
        return face.score();
    }

    @Description("Whether it is large, sharp and straight enough to say whose it is.")
    public boolean getUsable() {
        return face.usable();
    }

    @Type("FaceBox")
    public record FaceBox(double left, double top, double width, double height) {}

    @Type("FacePoint")
    public record FacePoint(double x, double y) {}
}
