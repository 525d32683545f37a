package dev.memoir.api;

import dev.memoir.catalog.Item;
import dev.memoir.media.AssetState;
import dev.memoir.media.Edits;
import dev.memoir.media.Facts;
import dev.memoir.media.GeoPoint;
import dev.memoir.media.MediaKind;
import dev.memoir.media.TakenAt;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.Id;
import org.eclipse.microprofile.graphql.Name;
import org.eclipse.microprofile.graphql.NonNull;
import org.eclipse.microprofile.graphql.Type;

/** What one query answer says of an item and its asset; {@link AssetDetails} adds what is looked up only when asked for. */
@Type("Asset")
@Description("A photo, a video or another file that the caller sees.")
public final class Asset {
    private final Item item;
    private final Facts told;

    Asset(Item item) {
        this.item = item;
        this.told = item.told();
    }

    Item item() {
        return item;
    }

    @Id
    @NonNull
    @Description("Stays the same, even when the catalog is made anew from the bucket.")
    public String getId() {
        return item.id().toString();
    }

    @NonNull
    @Description("SHA-256 of the content, 64 hexadecimal digits.")
    public String getSha256() {
        return item.sha256().hex();
    }

    @NonNull
    @Description("Whose it is; instance.defaultOwner for what belongs to all of the family.")
    public String getOwner() {
        return item.owner();
    }

    @NonNull
    @Description("What could be made of the bytes.")
    public AssetState getState() {
        return item.state();
    }

    @Description("Why the state is not READY.")
    public Optional<String> getReason() {
        return item.reason();
    }

    @NonNull
    @Description("IANA media type, found from the content.")
    public String getMediaType() {
        return item.facts().mediaType();
    }

    @NonNull
    public MediaKind getKind() {
        return item.facts().kind();
    }

    @Description("Pixels, upright.")
    public Optional<Integer> getWidth() {
        return item.facts().width();
    }

    @Description("Pixels, upright.")
    public Optional<Integer> getHeight() {
        return item.facts().height();
    }

    @Description("EXIF orientation, 1 to 8, as stored in the file.")
    public Optional<Integer> getOrientation() {
        return item.facts().orientation();
    }

    @Description("Seconds, of a video.")
    public Optional<Double> getDuration() {
        return item.facts().durationSeconds();
    }

    @Description("When it was taken, as an instant. How sure that is, takenAtSource says.")
    public Optional<Instant> getTakenAt() {
        return told.takenAt().map(TakenAt::instant);
    }

    @Description("What the clock showed where it was taken, without a zone: 2024-07-14T18:30:05.")
    public Optional<String> getTakenAtLocal() {
        return told.takenAt().map(taken -> taken.local().toString());
    }

    @Description("The clock's distance from UTC, such as +02:00, when it is known.")
    public Optional<String> getTakenAtOffset() {
        return told.takenAt().flatMap(TakenAt::offset).map(Object::toString);
    }

    @Description("How the instant was found.")
    public Optional<TakenAtSource> getTakenAtSource() {
        return told.takenAt().map(TakenAt::source).map(TakenAtSource::of);
    }

    /** {@link TakenAt.Source} under a name that says what it is about. */
    public enum TakenAtSource {
        EDITED,
        OFFSET_TAG,
        GPS_CLOCK,
        UTC_CONTAINER,
        LOCAL_ASSUMED_UTC,
        FILE_NAME;

        static TakenAtSource of(TakenAt.Source source) {
            return switch (source) {
                case EDITED -> EDITED;
                case OFFSET_TAG -> OFFSET_TAG;
                case GPS_CLOCK -> GPS_CLOCK;
                case UTC_CONTAINER -> UTC_CONTAINER;
                case LOCAL_ASSUMED_UTC -> LOCAL_ASSUMED_UTC;
                case FILE_NAME -> FILE_NAME;
            };
        }
    }

    @Description("Degrees, WGS 84, north positive.")
    public Optional<Double> getLatitude() {
        return told.location().map(GeoPoint::latitude);
    }

    @Description("Degrees, WGS 84, east positive.")
    public Optional<Double> getLongitude() {
        return told.location().map(GeoPoint::longitude);
    }

    @Description("Metres above sea level.")
    public Optional<Double> getAltitude() {
        return told.location().flatMap(GeoPoint::altitude);
    }

    @NonNull
    public Camera getCamera() {
        return new Camera(item.facts().camera());
    }

    @NonNull
    public Exposure getExposure() {
        return new Exposure(item.facts().exposure());
    }

    @Description("0 to 5 stars.")
    public Optional<Integer> getRating() {
        return told.rating();
    }

    public Optional<String> getTitle() {
        return told.title();
    }

    @Name("description")
    public Optional<String> getText() {
        return told.description();
    }

    @NonNull
    public List<@NonNull String> getTags() {
        return told.keywords();
    }

    @NonNull
    @Deprecated
    @Description("The same as tags.")
    public List<@NonNull String> getKeywords() {
        return told.keywords();
    }

    public boolean getFavourite() {
        return item.edits().favourite();
    }

    public boolean getArchived() {
        return item.edits().archived();
    }

    @Description(
            "Degrees clockwise, 0, 90, 180 or 270, by which somebody turned it. Renditions, width, height and the places of"
                    + " faces are those of the picture that is not turned: who shows it turns them.")
    public int getRotation() {
        return item.edits().turns(item.facts()) * 90;
    }

    @NonNull
    @Description("What is not as the file says, since somebody said otherwise.")
    public List<Edits.@NonNull Field> getEdited() {
        return item.edits().differing(Edits.NONE).stream().sorted().toList();
    }

    @Description("Why the XMP file beside it can't be read: what it said before stays.")
    public Optional<String> getSidecarProblem() {
        return item.sidecarProblem();
    }

    @Description("What the still and the film of one live photo have in common.")
    public Optional<String> getLivePhotoId() {
        return item.facts().livePhotoId();
    }

    @Description("A tiny placeholder image in the ThumbHash format, base64.")
    public Optional<String> getThumbhash() {
        return item.thumbhash().map(Base64.getEncoder()::encodeToString);
    }

    @Description("The newest NSFW score, 0 to 1; above 0.8 it counts as not safe for work.")
    public Optional<Double> getNsfw() {
        return item.nsfw();
    }

    @NonNull
    @Description("Where it stands in the timeline: when taken, else when it came.")
    public Instant getSortTime() {
        return item.sortTime();
    }

    @NonNull
    @Description("When it first became visible here.")
    public Instant getVisibleAt() {
        return item.addedAt();
    }

    @Description("When it was put in the trash, if it is there.")
    public Optional<Instant> getTrashedAt() {
        return item.trashedAt();
    }

    @Description("Whether the bucket still holds it.")
    public boolean getPresent() {
        return item.present();
    }

    @Type("Camera")
    @Description("The device, as the file names it.")
    public static final class Camera {
        private final Facts.Camera camera;

        Camera(Facts.Camera camera) {
            this.camera = camera;
        }

        public Optional<String> getMake() {
            return camera.make();
        }

        public Optional<String> getModel() {
            return camera.model();
        }

        public Optional<String> getLens() {
            return camera.lens();
        }
    }

    @Type("Exposure")
    public static final class Exposure {
        private final Facts.Exposure exposure;

        Exposure(Facts.Exposure exposure) {
            this.exposure = exposure;
        }

        @Description("Shutter time.")
        public Optional<Double> getSeconds() {
            return exposure.seconds();
        }

        @Description("Focal length by aperture diameter.")
        public Optional<Double> getFNumber() {
            return exposure.fNumber();
        }

        @Description("Millimetres.")
        public Optional<Double> getFocalLength() {
            return exposure.focalLength();
        }

        @Description("Millimetres, as it would be on 35 mm film.")
        public Optional<Integer> getFocalLength35() {
            return exposure.focalLength35();
        }

        @Description("Film speed, ISO 12232.")
        public Optional<Integer> getIso() {
            return exposure.iso();
        }
    }
}
