package dev.memoir.imaging;

import dev.memoir.media.AssetState;
import dev.memoir.media.Rendition;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Chooses who decodes a file, by its type and by what this machine has. */
final class Pictures {
    private static final String GET_LIBVIPS = "get libvips: ./memoir parts install libvips";
    private static final String GET_FFMPEG = "get ffmpeg: ./memoir parts install ffmpeg";
    private static final Set<String> HEIF =
            Set.of(MediaTypes.HEIC, "image/heif", "image/heic-sequence", "image/heif-sequence");

    /** libvips's name of the loader of each type that is safe with files from anywhere. */
    private static final Map<String, String> LOADERS = Map.of(
            "image/jpeg", "jpegload",
            "image/png", "pngload",
            "image/webp", "webpload",
            "image/gif", "gifload",
            "image/tiff", "tiffload");

    private static final Set<String> HEAP = Set.of("image/jpeg", "image/png", "image/gif", "image/tiff", "image/bmp");

    private final Tools tools;
    private final Optional<VipsLibrary> vips;
    private final Optional<VipsDecoder> vipsDecoder;
    private final HeapDecoder heapDecoder;
    private final Optional<Ffmpeg> ffmpeg;
    private final Lazy<Boolean> vipsReadsHeic;
    private final Lazy<Boolean> vipsReadsAvif;

    /** A file's picture, or why there is none. */
    sealed interface Outcome {
        Optional<Film> film();
    }

    /**
     * @param decoded its bitmap must be closed
     * @param flaw what is wrong with a picture that could be decoded only in part
     */
    record Taken(Decoder.Decoded decoded, Optional<String> flaw, Optional<Film> film) implements Outcome {}

    record Absent(AssetState state, String reason, Optional<Film> film) implements Outcome {}

    private Pictures(Tools tools, Optional<VipsLibrary> vips, DecodeLimits limits) {
        this.tools = tools;
        this.vips = vips;
        this.vipsDecoder = vips.map(v -> new VipsDecoder(v, limits));
        this.heapDecoder = new HeapDecoder(limits);
        this.ffmpeg = tools.ffmpeg().flatMap(f -> tools.ffprobe().map(p -> new Ffmpeg(f, p, limits)));
        this.vipsReadsHeic = new Lazy<>(() -> vipsReads("one-colour.heic"));
        this.vipsReadsAvif = new Lazy<>(() -> vipsReads("one-colour.avif"));
    }

    static Pictures with(Tools tools) {
        return new Pictures(tools, tools.libvips().flatMap(Pictures::load), DecodeLimits.USUAL);
    }

    private static Optional<VipsLibrary> load(Path library) {
        try {
            return Optional.of(
                    new VipsLibrary(library, Math.min(4, Runtime.getRuntime().availableProcessors())));
        } catch (IllegalArgumentException e) {
            System.getLogger(Pictures.class.getName())
                    .log(System.Logger.Level.WARNING, "libvips can't be used: " + library + ": " + e.getMessage());
            return Optional.empty();
        }
    }

    /** @param longSide how large the decoded picture needs to be */
    Outcome take(Path file, String type, int longSide) {
        if (HEIF.contains(type)) {
            return vipsReadsHeic.get() ? decode(vipsDecoder.get(), file, type, longSide) : heif(file, type, longSide);
        }
        if (type.startsWith("video/")) {
            return film(file, type, longSide);
        }
        Optional<Decoder> decoder = decoder(type);
        if (decoder.isPresent()) {
            return decode(decoder.get(), file, type, longSide);
        }
        String mend =
                vips.isEmpty() && (LOADERS.containsKey(type) || type.equals("image/avif")) ? "; " + GET_LIBVIPS : "";
        return new Absent(AssetState.NO_PREVIEW, "no preview yet for " + type + mend, Optional.empty());
    }

    private Optional<Decoder> decoder(String type) {
        String loader = LOADERS.get(type);
        boolean byVips = type.equals("image/avif")
                ? vipsReadsAvif.get()
                : loader != null && vips.filter(v -> v.has(loader)).isPresent();
        if (byVips) {
            return vipsDecoder.map(Decoder.class::cast);
        }
        return HEAP.contains(type) ? Optional.of(heapDecoder) : Optional.empty();
    }

    /** Strictly first; then, if that fails, whatever can be seen of it. */
    private Outcome decode(Decoder decoder, Path file, String type, int longSide) {
        try {
            return new Taken(decoder.decode(file, type, longSide, false), Optional.empty(), Optional.empty());
        } catch (UnreadablePicture strict) {
            try {
                String flaw = "the file is damaged, only a part of it may be seen: " + plain(strict, file);
                return new Taken(decoder.decode(file, type, longSide, true), Optional.of(flaw), Optional.empty());
            } catch (UnreadablePicture e) {
                return new Absent(
                        AssetState.DAMAGED, "the picture could not be decoded: " + plain(e, file), Optional.empty());
            }
        }
    }

    private Outcome heif(Path file, String type, int longSide) {
        if (ffmpeg.isEmpty()) {
            return new Absent(
                    AssetState.NO_PREVIEW,
                    "no preview for " + type + " on this machine: install the system's libvips, or " + GET_FFMPEG,
                    Optional.empty());
        }
        Optional<Film> film = Optional.empty();
        try {
            Film found = ffmpeg.get().probe(file, type);
            film = Optional.of(found);
            return new Taken(still(file, type, found, longSide), Optional.empty(), film);
        } catch (UnreadablePicture e) {
            return new Absent(AssetState.DAMAGED, "the picture could not be decoded: " + plain(e, file), film);
        }
    }

    private Decoder.Decoded still(Path file, String type, Film film, int longSide) throws UnreadablePicture {
        Path still = scratch(".png");
        Path colours = scratch(".icc");
        try {
            ffmpeg.get().still(file, type, film, longSide, still);
            Decoder.Decoded decoded;
            Optional<byte[]> profile = HeifColours.profile(file);
            if (profile.isPresent() && vipsDecoder.isPresent()) {
                Files.write(colours, profile.get());
                decoded = vipsDecoder.get().decode(still, Optional.of(colours), "image/png", longSide, true);
            } else {
                decoded = decoder("image/png").orElseThrow().decode(still, "image/png", longSide, true);
            }
            Film.Picture stored = film.picture().orElseThrow();
            boolean turned = stored.width() > stored.height() != decoded.width() > decoded.height();
            return turned
                    ? new Decoder.Decoded(decoded.bitmap(), stored.height(), stored.width())
                    : new Decoder.Decoded(decoded.bitmap(), stored.width(), stored.height());
        } catch (IOException e) {
            throw new UncheckedIOException("writing to " + tools.scratch() + " failed", e);
        } finally {
            delete(still);
            delete(colours);
        }
    }

    private Outcome film(Path file, String type, int longSide) {
        if (ffmpeg.isEmpty() || !Ffmpeg.reads(type)) {
            String mend = ffmpeg.isEmpty() ? "; " + GET_FFMPEG : "";
            return new Absent(AssetState.NO_PREVIEW, "no preview yet for " + type + mend, Optional.empty());
        }
        Optional<Film> film = Optional.empty();
        Path poster = scratch(".png");
        try {
            film = Optional.of(ffmpeg.get().probe(file, type));
            if (film.get().picture().isEmpty()) {
                return new Absent(AssetState.NO_PREVIEW, "no preview: the file holds sound and no picture", film);
            }
            ffmpeg.get().poster(file, type, film.get(), longSide, poster);
            Decoder.Decoded decoded = decoder("image/png").orElseThrow().decode(poster, "image/png", longSide, true);
            return new Taken(decoded, Optional.empty(), film);
        } catch (UnreadablePicture e) {
            return new Absent(AssetState.DAMAGED, "no picture of the film could be decoded: " + plain(e, file), film);
        } finally {
            delete(poster);
        }
    }

    /**
     * Further frames of a film, as JPEG files for the models. One that can't be made is left out: the film is seen by the
     * others.
     *
     * @param film as {@link #take} found it
     */
    List<byte[]> frames(Path file, String type, Film film) {
        List<byte[]> frames = new ArrayList<>();
        for (double second : ffmpeg.orElseThrow().moments(file, type, film)) {
            frame(second, file, type, film).ifPresent(frames::add);
        }
        return List.copyOf(frames);
    }

    private Optional<byte[]> frame(double second, Path file, String type, Film film) {
        int longSide = Rendition.ANALYSIS.longSide();
        Path png = scratch(".png");
        try {
            if (!ffmpeg.orElseThrow().frame(second, file, type, film, longSide, png)) {
                return Optional.empty();
            }
            Decoder.Decoded decoded = decoder("image/png").orElseThrow().decode(png, "image/png", longSide, true);
            try (Bitmap bitmap = decoded.bitmap()) {
                return Optional.of(bitmap.encode(Prints.encoding(Rendition.ANALYSIS)));
            }
        } catch (UnreadablePicture e) {
            return Optional.empty();
        } finally {
            delete(png);
        }
    }

    List<Capability> capabilities() {
        Optional<String> byVips = vips.map(v -> "libvips " + v.version());
        Optional<String> byFfmpeg = ffmpeg.flatMap(Ffmpeg::version).map(version -> "ffmpeg " + version);
        List<Capability> all = new ArrayList<>();
        for (String type : List.of(
                "image/jpeg", "image/png", "image/gif", "image/tiff", "image/bmp", "image/webp", "image/avif")) {
            Optional<String> with = decoder(type)
                    .flatMap(d -> d instanceof VipsDecoder ? byVips : Optional.of("Java's ImageIO, slowly"));
            boolean best = with.equals(byVips) || type.equals("image/bmp");
            all.add(new Capability(type, with, best ? Optional.empty() : Optional.of(GET_LIBVIPS)));
        }
        Optional<String> heic = vipsReadsHeic.get() ? byVips : byFfmpeg;
        all.add(new Capability(MediaTypes.HEIC, heic, heic.isPresent() ? Optional.empty() : Optional.of(GET_FFMPEG)));
        for (String type : List.of("video/mp4", "video/quicktime", "video/x-matroska")) {
            all.add(new Capability(type, byFfmpeg, byFfmpeg.isPresent() ? Optional.empty() : Optional.of(GET_FFMPEG)));
        }
        return List.copyOf(all);
    }

    /** Loaders may be there without the codec behind them: only a try tells. */
    private boolean vipsReads(String sample) {
        if (vips.isEmpty() || !vips.get().has("heifload")) {
            return false;
        }
        Path file = scratch(sample);
        try (InputStream bytes = Pictures.class.getResourceAsStream(sample)) {
            Files.write(file, bytes.readAllBytes());
            vipsDecoder.get().decode(file, "image/heif", 16, false).bitmap().close();
            return true;
        } catch (UnreadablePicture e) {
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException("writing to " + tools.scratch() + " failed", e);
        } finally {
            delete(file);
        }
    }

    private Path scratch(String suffix) {
        try {
            return Files.createTempFile(tools.scratch(), "memoir-", suffix);
        } catch (IOException e) {
            throw new UncheckedIOException("writing to " + tools.scratch() + " failed", e);
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException("deleting " + file + " failed", e);
        }
    }

    /** The last line is the one that ended it; without the library's own names and folders of this machine. */
    private static String plain(UnreadablePicture e, Path file) {
        String last = Optional.ofNullable(e.getMessage())
                .orElse("")
                .lines()
                .filter(line -> !line.isBlank())
                .reduce((earlier, later) -> later)
                .orElse("its content makes no picture");
        return last.strip()
                .replace(file.toAbsolutePath().toString(), "the file")
                .replace("[fail-on=none]", "")
                .replace(
                        "\"the file\" is not a known file format",
                        "it begins rightly, but what must follow is damaged or cut off")
                .replaceFirst("^[Vv]ips\\w*: ", "");
    }
}
