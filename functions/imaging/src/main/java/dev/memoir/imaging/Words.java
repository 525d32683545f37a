package dev.memoir.imaging;

import com.drew.metadata.Metadata;
import com.drew.metadata.exif.ExifDirectoryBase;
import com.drew.metadata.exif.ExifIFD0Directory;
import com.drew.metadata.iptc.IptcDirectory;
import com.drew.metadata.xmp.XmpDirectory;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What people wrote into a file by other programs: stars, titles, descriptions, keywords. */
final class Words {
    private static final int LONG_TEXT = 4000;
    private static final int SHORT_TEXT = 200;
    private static final int MOST_KEYWORDS = 200;

    /** Written by cameras into every picture, so they describe none. */
    private static final Set<String> STOCK_DESCRIPTIONS = Set.of(
            "olympus digital camera",
            "sony dsc",
            "minolta digital camera",
            "konica minolta digital camera",
            "kodak digital still camera",
            "samsung digital camera",
            "digital camera",
            "default",
            "ascii");

    private final Metadata metadata;
    private final Map<String, String> container;
    private final Map<String, String> png;
    private final Map<String, String> xmp = new TreeMap<>();

    Words(Metadata metadata, Map<String, String> container) {
        this.metadata = metadata;
        this.container = container;
        this.png = PngTexts.of(metadata);
        metadata.getDirectoriesOfType(XmpDirectory.class)
                .forEach(directory -> directory.getXmpProperties().forEach(xmp::putIfAbsent));
    }

    Optional<Integer> rating() {
        return stars(of(xmp, "xmp:Rating"))
                .or(() -> metadata.getDirectoriesOfType(ExifIFD0Directory.class).stream()
                        .map(exif -> exif.getInteger(ExifDirectoryBase.TAG_RATING))
                        .filter(stars -> stars != null)
                        .findFirst())
                .or(() -> stars(of(container, "com.apple.quicktime.rating.user")))
                .filter(stars -> stars >= 0 && stars <= 5);
    }

    private static Optional<Integer> stars(Stream<String> texts) {
        return texts.filter(text -> text.matches("\\d(\\.\\d+)?"))
                .map(text -> (int) Double.parseDouble(text))
                .findFirst();
    }

    Optional<String> title() {
        return first(
                SHORT_TEXT,
                Stream.of(
                        localized("dc:title"),
                        iptc(IptcDirectory.TAG_OBJECT_NAME),
                        windows(ExifDirectoryBase.TAG_WIN_TITLE),
                        of(png, "Title"),
                        of(container, "com.apple.quicktime.title", "title")));
    }

    Optional<String> description() {
        return first(
                LONG_TEXT,
                Stream.of(
                        localized("dc:description"),
                        iptc(IptcDirectory.TAG_CAPTION),
                        Findings.texts(
                                metadata, ExifIFD0Directory.class, ExifDirectoryBase.TAG_IMAGE_DESCRIPTION, LONG_TEXT),
                        windows(ExifDirectoryBase.TAG_WIN_COMMENT),
                        of(png, "Description", "Comment"),
                        of(container, "com.apple.quicktime.description", "description")));
    }

    List<String> keywords() {
        Set<String> all = new LinkedHashSet<>();
        Stream<String> subjects = xmp.entrySet().stream()
                .filter(e -> e.getKey().matches("dc:subject\\[\\d+]"))
                .sorted(java.util.Comparator.comparingInt(e -> index(e.getKey())))
                .map(Map.Entry::getValue);
        Stream<String> iptc = metadata.getDirectoriesOfType(IptcDirectory.class).stream()
                .map(IptcDirectory::getKeywords)
                .filter(keywords -> keywords != null)
                .flatMap(List::stream);
        Stream<String> windows =
                windows(ExifDirectoryBase.TAG_WIN_KEYWORDS).flatMap(text -> Stream.of(text.split(";")));
        Stream<String> films = of(container, "com.apple.quicktime.keywords", "keywords")
                .flatMap(text -> Stream.of(text.split("[,;]")));
        Stream.of(subjects, iptc, windows, films)
                .flatMap(keywords -> keywords)
                .flatMap(keyword -> Texts.some(keyword, SHORT_TEXT).stream())
                .limit(MOST_KEYWORDS)
                .forEach(all::add);
        return List.copyOf(all);
    }

    private static int index(String property) {
        String digits = property.replaceAll("\\D", "");
        return digits.length() > 8 ? Integer.MAX_VALUE : Integer.parseInt(digits);
    }

    /** The first language of a text that may stand in several. */
    private Stream<String> localized(String property) {
        return Stream.of(property + "[1]", property).map(xmp::get).filter(text -> text != null);
    }

    private Stream<String> iptc(int tag) {
        return Findings.texts(metadata, IptcDirectory.class, tag, LONG_TEXT);
    }

    /** Windows writes these as bytes of UTF-16. */
    private Stream<String> windows(int tag) {
        return metadata.getDirectoriesOfType(ExifIFD0Directory.class).stream()
                .map(exif -> exif.getByteArray(tag))
                .filter(bytes -> bytes != null)
                .map(bytes -> new String(bytes, StandardCharsets.UTF_16LE));
    }

    private static Stream<String> of(Map<String, String> texts, String... names) {
        return Stream.of(names).map(texts::get).filter(text -> text != null);
    }

    private static Optional<String> first(int most, Stream<Stream<String>> sources) {
        return sources.flatMap(source -> source)
                .flatMap(text -> Texts.some(text, most).stream())
                .filter(text -> !STOCK_DESCRIPTIONS.contains(text.toLowerCase(Locale.ROOT)))
                .findFirst();
    }
}
