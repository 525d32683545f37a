package dev.memoir.parts;

/**
 * The folders of {@link Part#SAMPLES}.
 *
 * <ul>
 *   <li>{@link #PHOTOS}: what {@code memoir demo} shows: astronaut.png, chelsea.png (a cat), coffee.png, rocket.jpg and
 *       starfish.jpg (from a phone, with GPS 55.0388 N 8.4572 E)
 *   <li>{@link #VIDEOS}: bigbuckbunny.mp4, bikes.mp4
 *   <li>{@link #PEOPLE}: several portraits of two persons, with EXIF
 *   <li>{@link #ORIENTATION}: Landscape_0 to _8 and Portrait_0 to _8 .jpg, the number is the EXIF orientation
 *   <li>{@link #BROKEN}: damaged JPEG files
 *   <li>{@link #ODD}: a GIF and a TIFF of several pages
 * </ul>
 */
public final class Samples {
    public static final String PHOTOS = "photos";
    public static final String VIDEOS = "videos";
    public static final String PEOPLE = "people";
    public static final String ORIENTATION = "orientation";
    public static final String BROKEN = "broken";
    public static final String ODD = "odd";

    private Samples() {}
}
