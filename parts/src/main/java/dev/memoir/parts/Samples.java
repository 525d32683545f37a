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
 *   <li>{@link #HEIC}: four photos of phones, each with GPS
 *   <li>{@link #BROKEN}: damaged JPEG and HEIC files; invalid_metadata_type.heic is known to have crashed a decoder
 *   <li>{@link #BOMBS}: 200MP.heic, 2.4 MB that unpack to 200 million pixels
 *   <li>{@link #ODD}: a GIF and a TIFF of several pages
 * </ul>
 */
public final class Samples {
    public static final String PHOTOS = "photos";
    public static final String VIDEOS = "videos";
    public static final String PEOPLE = "people";
    public static final String ORIENTATION = "orientation";
    public static final String HEIC = "heic";
    public static final String BOMBS = "bombs";
    public static final String BROKEN = "broken";
    public static final String ODD = "odd";

    private Samples() {}
}
