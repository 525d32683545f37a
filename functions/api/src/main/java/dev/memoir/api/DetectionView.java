package dev.memoir.api;

import dev.memoir.catalog.Detection;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.NonNull;
import org.eclipse.microprofile.graphql.Type;

/** A thing in a picture as a client reads one. */
@Type("Detection")
@Description("A thing that is seen in a photo, or in a frame of a video.")
public final class DetectionView {
    private final Detection detection;

    DetectionView(Detection detection) {
        this.detection = detection;
    }

    @NonNull
    public String getName() {
        return detection.name();
    }

    @Description("0 to 1.")
    public double getConfidence() {
        return detection.confidence();
    }

    @NonNull
    public DetectionBox getBox() {
        return new DetectionBox(
                detection.box().left(),
                detection.box().top(),
                detection.box().width(),
                detection.box().height());
    }

    @Description("0: in the photo, or in the picture that stands for the video; 1 and on: in a further frame of it.")
    public int getFrame() {
        return detection.frame();
    }

    @Type("DetectionBox")
    @Description("Parts of the upright picture's width and height, 0 to 1.")
    public record DetectionBox(double left, double top, double width, double height) {}
}
