package dev.memoir.sidecars;

import com.adobe.internal.xmp.XMPConst;
import com.adobe.internal.xmp.XMPException;
import com.adobe.internal.xmp.XMPMeta;
import com.adobe.internal.xmp.XMPMetaFactory;
import com.adobe.internal.xmp.options.ParseOptions;
import com.adobe.internal.xmp.options.PropertyOptions;
import com.adobe.internal.xmp.options.SerializeOptions;
import com.adobe.internal.xmp.properties.XMPProperty;
import dev.memoir.media.Edits;
import dev.memoir.media.GeoPoint;
import dev.memoir.media.Sha256;
import dev.memoir.media.TakenAt;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The XMP beside an original: {@link Edits} as standard properties, and what these have no word for in a namespace of our own
 * (docs/editing.md is its published form). Properties of others stay as they are.
 */
public final class Sidecar {
    /** Bytes. Whoever writes more keeps something else in it than words on a picture. */
    public static final int LARGEST = 1 << 20;

    /** Our own namespace. */
    public static final String MEMOIR = "http://memoir.dev/xmp/1.0/";

    /** As of a file's own keywords. */
    private static final int MOST_ITEMS = 1_000;

    private static final String X_DEFAULT = "x-default";
    private static final String REMOVED = "Removed";
    private static final String STACK = "Stack";
    private static final String ALONE = "Alone";
    private static final String TRASHED = "Trashed";
    private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");
    private static final PropertyOptions BAG = new PropertyOptions().setArray(true);

    static {
        try {
            XMPMetaFactory.getSchemaRegistry().registerNamespace(MEMOIR, "memoir");
        } catch (XMPException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final XMPMeta xmp;

    private Sidecar(XMPMeta xmp) {
        this.xmp = xmp;
    }

    /** One that says nothing. */
    public static Sidecar blank() {
        return new Sidecar(XMPMetaFactory.create());
    }

    /** @throws BrokenSidecar with what is wrong, for people */
    public static Sidecar read(byte[] xml) throws BrokenSidecar {
        if (xml.length > LARGEST) {
            throw new BrokenSidecar("is larger than a sidecar may be, which is " + (LARGEST >> 10) + " KiB", null);
        }
        HarmlessXml.check(xml);
        try {
            return new Sidecar(XMPMetaFactory.parseFromBuffer(xml, new ParseOptions().setDisallowDoctype(true)));
        } catch (XMPException e) {
            throw new BrokenSidecar("is no XMP that can be read: " + e.getMessage(), e);
        }
    }

    /** For which content it was written, if it says so. */
    public Optional<Sha256> content() {
        return text(MEMOIR, "Original")
                .filter(hex -> HASH.matcher(hex).matches())
                .map(Sha256::new);
    }

    public Edits edits() {
        List<String> removed = items(MEMOIR, REMOVED);
        Optional<List<String>> tags =
                Optional.of(items(XMPConst.NS_DC, "subject")).filter(list -> !list.isEmpty());
        return new Edits(
                removed.contains("title") ? Optional.of("") : localized("title"),
                removed.contains("description") ? Optional.of("") : localized("description"),
                removed.contains("tags") ? Optional.of(List.of()) : tags,
                whole(XMPConst.NS_XMP, "Rating", 0, 5),
                taken(),
                removed.contains("place") ? Optional.of(new Edits.Place(Optional.empty())) : place(),
                whole(XMPConst.NS_TIFF, "Orientation", 1, 8),
                isTrue("Favourite"),
                isTrue("Archived"),
                stack(),
                text(MEMOIR, TRASHED).flatMap(XmpValues::instant));
    }

    /** What it says of one content: that something else under the same name was put into the trash is not said of this. */
    Edits edits(Sha256 of) {
        Edits said = edits();
        boolean ofThis = content().filter(content -> !content.equals(of)).isEmpty();
        return ofThis ? said : said.withTrashed(Optional.empty());
    }

    private Optional<Edits.Stack> stack() {
        return text(MEMOIR, STACK)
                .filter(name -> name.equals(ALONE) || HASH.matcher(name).matches())
                .map(name -> new Edits.Stack(name.equals(ALONE) ? Optional.empty() : Optional.of(new Sha256(name))));
    }

    /** The first of these that can be read. */
    private Optional<TakenAt> taken() {
        return Stream.of(text(XMPConst.NS_EXIF, "DateTimeOriginal"), text(XMPConst.NS_PHOTOSHOP, "DateCreated"))
                .flatMap(Optional::stream)
                .flatMap(text -> XmpValues.time(text).stream())
                .findFirst();
    }

    private Optional<Edits.Place> place() {
        Optional<Double> latitude = coordinate("GPSLatitude", 90);
        Optional<Double> longitude = coordinate("GPSLongitude", 180);
        if (latitude.isEmpty() || longitude.isEmpty()) {
            return Optional.empty();
        }
        boolean below =
                text(XMPConst.NS_EXIF, "GPSAltitudeRef").filter("1"::equals).isPresent();
        Optional<Double> altitude = text(XMPConst.NS_EXIF, "GPSAltitude")
                .flatMap(XmpValues::number)
                .map(metres -> below ? -metres : metres)
                .filter(metres -> Math.abs(metres) <= 100_000);
        return Optional.of(new Edits.Place(Optional.of(new GeoPoint(latitude.get(), longitude.get(), altitude))));
    }

    private Optional<Double> coordinate(String name, int most) {
        return text(XMPConst.NS_EXIF, name).flatMap(XmpValues::coordinate).filter(degrees -> Math.abs(degrees) <= most);
    }

    private boolean isTrue(String name) {
        return text(MEMOIR, name).filter("true"::equalsIgnoreCase).isPresent();
    }

    private Optional<Integer> whole(String schema, String name, int least, int most) {
        return text(schema, name)
                .flatMap(XmpValues::number)
                .filter(number -> number >= least && number <= most)
                .map(number -> (int) Math.round(number));
    }

    private Optional<String> localized(String name) {
        try {
            return Optional.ofNullable(xmp.getLocalizedText(XMPConst.NS_DC, name, null, X_DEFAULT))
                    .map(XMPProperty::getValue)
                    .filter(text -> !text.isBlank());
        } catch (XMPException e) {
            return Optional.empty(); // it is there in a form that says no text
        }
    }

    private Optional<String> text(String schema, String name) {
        try {
            return Optional.ofNullable(xmp.getProperty(schema, name)).map(XMPProperty::getValue);
        } catch (XMPException e) {
            return Optional.empty();
        }
    }

    private List<String> items(String schema, String name) {
        List<String> items = new ArrayList<>();
        try {
            int count = xmp.doesPropertyExist(schema, name) ? xmp.countArrayItems(schema, name) : 0;
            for (int i = 1; i <= Math.min(count, MOST_ITEMS); i++) {
                Optional.ofNullable(xmp.getArrayItem(schema, name, i).getValue())
                        .filter(text -> !text.isBlank())
                        .ifPresent(items::add);
            }
        } catch (XMPException e) {
            // no array, or one of structures: it says no texts
        }
        return items;
    }

    /**
     * The file that says these edits instead. Only what differs is written, so that everything else stays as it was.
     *
     * @param content the content that they are said of
     */
    public byte[] saying(Edits edits, Sha256 content) {
        try {
            for (Edits.Field field : edits().differing(edits)) {
                write(field, edits);
            }
            writeRemoved(edits);
            xmp.setProperty(MEMOIR, "Original", content.hex());
            return XMPMetaFactory.serializeToBuffer(
                    xmp, new SerializeOptions().setOmitPacketWrapper(true).setUseCompactFormat(false));
        } catch (XMPException e) {
            throw new IllegalStateException("edits can't be written as XMP", e);
        }
    }

    private void write(Edits.Field field, Edits edits) throws XMPException {
        switch (field) {
            case TITLE -> localized("title", edits.title());
            case DESCRIPTION -> localized("description", edits.description());
            case TAGS -> items(XMPConst.NS_DC, "subject", edits.tags().orElse(List.of()));
            case RATING -> text(XMPConst.NS_XMP, "Rating", edits.rating().map(String::valueOf));
            case TAKEN -> {
                Optional<String> time = edits.taken().map(XmpValues::time);
                text(XMPConst.NS_EXIF, "DateTimeOriginal", time);
                text(XMPConst.NS_PHOTOSHOP, "DateCreated", time);
            }
            case PLACE -> place(edits.place().flatMap(Edits.Place::point));
            case ROTATION ->
                text(XMPConst.NS_TIFF, "Orientation", edits.orientation().map(String::valueOf));
            case FAVOURITE -> mark("Favourite", edits.favourite());
            case ARCHIVED -> mark("Archived", edits.archived());
            case STACK ->
                text(
                        MEMOIR,
                        STACK,
                        edits.stack()
                                .map(stack -> stack.cover().map(Sha256::hex).orElse(ALONE)));
            case TRASHED -> text(MEMOIR, TRASHED, edits.trashed().map(Instant::toString));
        }
    }

    private void place(Optional<GeoPoint> point) throws XMPException {
        Optional<Double> altitude = point.flatMap(GeoPoint::altitude);
        text(XMPConst.NS_EXIF, "GPSLatitude", point.map(p -> XmpValues.coordinate(p.latitude(), 'N', 'S')));
        text(XMPConst.NS_EXIF, "GPSLongitude", point.map(p -> XmpValues.coordinate(p.longitude(), 'E', 'W')));
        text(
                XMPConst.NS_EXIF,
                "GPSAltitude",
                altitude.map(metres -> String.format(Locale.ROOT, "%d/100", Math.round(Math.abs(metres) * 100))));
        text(XMPConst.NS_EXIF, "GPSAltitudeRef", altitude.map(metres -> metres < 0 ? "1" : "0"));
    }

    private void mark(String name, boolean is) throws XMPException {
        text(MEMOIR, name, is ? Optional.of("True") : Optional.empty());
    }

    /** What the file has and the picture shall not: absence alone would mean that it is as the file says. */
    private void writeRemoved(Edits edits) throws XMPException {
        List<String> removed = new ArrayList<>();
        edits.title().filter(String::isEmpty).ifPresent(none -> removed.add("title"));
        edits.description().filter(String::isEmpty).ifPresent(none -> removed.add("description"));
        edits.tags().filter(List::isEmpty).ifPresent(none -> removed.add("tags"));
        edits.place().filter(place -> place.point().isEmpty()).ifPresent(none -> removed.add("place"));
        items(MEMOIR, REMOVED, removed);
    }

    /** Other languages stay, unless the text is taken away. */
    private void localized(String name, Optional<String> text) throws XMPException {
        if (text.filter(some -> !some.isEmpty()).isEmpty()) {
            xmp.deleteProperty(XMPConst.NS_DC, name);
            return;
        }
        if (localized(name).isEmpty()) {
            xmp.deleteProperty(XMPConst.NS_DC, name);
        }
        xmp.setLocalizedText(XMPConst.NS_DC, name, null, X_DEFAULT, text.get());
    }

    private void text(String schema, String name, Optional<String> value) throws XMPException {
        xmp.deleteProperty(schema, name);
        if (value.isPresent()) {
            xmp.setProperty(schema, name, value.get());
        }
    }

    private void items(String schema, String name, List<String> values) throws XMPException {
        xmp.deleteProperty(schema, name);
        for (String value : values) {
            xmp.appendArrayItem(schema, name, BAG, value, null);
        }
    }
}
