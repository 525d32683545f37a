package dev.memoir.imaging;

import dev.memoir.media.AssetState;
import dev.memoir.media.Facts;
import dev.memoir.media.MediaKind;
import dev.memoir.media.Rendition;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Makes everything that can be made of a file: its type, facts, renditions and thumbhash. Whatever the file's bytes are,
 * the outcome is a state with a reason; only failures of this machine (its disk is full, a program does not start) are
 * thrown, as {@link UncheckedIOException}. One file at a time takes up to all cores.
 */
public final class Darkroom {
    /**
     * The version of what {@link #develop} makes. Raise it when facts or renditions come out differently: a sweep makes the
     * older ones again.
     */
    public static final int PIPELINE = 2;

    private static final int LONGEST = Rendition.ANALYSIS.longSide();

    private static final String EMPTY = "the file is empty (0 bytes)";
    private static final String MISNAMED = "it is named like a picture or film, but its content is of no known kind";

    private final Lazy<Pictures> pictures;
    private final FactReader facts;

    private Darkroom(Lazy<Pictures> pictures, FactReader facts) {
        this.pictures = pictures;
        this.facts = facts;
    }

    /** Native libraries are loaded when the first picture comes; what is missing is told by {@link #capabilities}. */
    public static Darkroom open(Tools tools, Clock clock) {
        return new Darkroom(new Lazy<>(() -> Pictures.with(tools)), new FactReader(clock));
    }

    /** What can be shown here, and what is missing for the rest. */
    public List<Capability> capabilities() {
        return pictures.get().capabilities();
    }

    /**
     * @param name what the file was called; only a date in it is used, and only when nothing in the file tells one
     */
    public Developed develop(Path file, String name) {
        if (size(file) == 0) {
            return without(Facts.onlyType(MediaTypes.UNKNOWN), AssetState.DAMAGED, EMPTY);
        }
        String type = MediaTypes.of(file);
        if (isMisnamed(type, name)) {
            return without(facts.read(file, type, name, Optional.empty()), AssetState.DAMAGED, MISNAMED);
        }
        return switch (pictures.get().take(file, type, LONGEST)) {
            case Pictures.Absent absent
            when !isMedia(type) && MediaTypes.promisesMedia(name) ->
                without(
                        read(file, type, name, absent.film()),
                        absent.state(),
                        "it is named like a picture or film, but holds " + type);
            case Pictures.Absent absent ->
                without(read(file, type, name, absent.film()), absent.state(), absent.reason());
            case Pictures.Taken taken -> print(file, type, taken, read(file, type, name, taken.film()));
        };
    }

    private static boolean isMisnamed(String type, String name) {
        return type.equals(MediaTypes.UNKNOWN) && MediaTypes.promisesMedia(name);
    }

    /**
     * The picture itself, which no rendition's compression has touched: for those who look at single pixels.
     *
     * @param longSide a larger picture is made smaller
     */
    public Upright upright(Path file, String name, int longSide) {
        if (size(file) == 0) {
            return Upright.none(EMPTY);
        }
        String type = MediaTypes.of(file);
        if (isMisnamed(type, name)) {
            return Upright.none(MISNAMED);
        }
        return switch (pictures.get().take(file, type, longSide)) {
            case Pictures.Absent absent -> Upright.none(absent.reason());
            case Pictures.Taken taken -> {
                try (Bitmap bitmap = taken.decoded().bitmap()) {
                    var picture = Upright.onWhite(bitmap.width(), bitmap.height(), bitmap.rgba());
                    yield new Upright(Optional.of(picture), taken.flaw());
                } catch (UnreadablePicture e) {
                    yield Upright.none("its picture could not be made: " + e.getMessage());
                }
            }
        };
    }

    /**
     * Decodes a picture once and writes these renditions of it in another format: for comparing formats and speeds.
     *
     * @throws IllegalArgumentException when it can't be decoded
     */
    public Map<Rendition, byte[]> render(Path file, Set<Rendition> wanted, Encoding encoding) {
        int longest = wanted.stream().mapToInt(Rendition::longSide).max().orElseThrow();
        switch (pictures.get().take(file, MediaTypes.of(file), longest)) {
            case Pictures.Absent absent -> throw new IllegalArgumentException(file + ": " + absent.reason());
            case Pictures.Taken taken -> {
                try (Bitmap bitmap = taken.decoded().bitmap()) {
                    return Prints.of(bitmap, wanted, encoding);
                } catch (UnreadablePicture e) {
                    throw new IllegalArgumentException(file + ": " + e.getMessage(), e);
                }
            }
        }
    }

    private static boolean isMedia(String type) {
        return !type.startsWith("text/") && !type.startsWith("application/");
    }

    private Facts read(Path file, String type, String name, Optional<Film> film) {
        return facts.read(file, type, name, film);
    }

    private Developed print(Path file, String type, Pictures.Taken taken, Facts facts) {
        Facts sized = sized(facts, taken.decoded());
        try (Bitmap bitmap = taken.decoded().bitmap()) {
            Prints prints = Prints.of(bitmap);
            return new Developed(
                    sized,
                    taken.flaw().isPresent() ? AssetState.DAMAGED : AssetState.READY,
                    taken.flaw(),
                    prints.files(),
                    frames(file, type, taken.film()),
                    Optional.of(prints.thumbhash()));
        } catch (UnreadablePicture e) {
            return without(sized, AssetState.DAMAGED, "its picture could not be made: " + e.getMessage());
        }
    }

    private List<byte[]> frames(Path file, String type, Optional<Film> film) {
        return type.startsWith("video/")
                ? film.map(found -> pictures.get().frames(file, type, found)).orElse(List.of())
                : List.of();
    }

    /** A decoder knows a picture's size better than its tags do. */
    private static Facts sized(Facts facts, Decoder.Decoded decoded) {
        if (facts.kind() != MediaKind.IMAGE) {
            return facts;
        }
        return new Facts(
                facts.mediaType(),
                Optional.of(decoded.width()),
                Optional.of(decoded.height()),
                facts.orientation(),
                facts.durationSeconds(),
                facts.takenAt(),
                facts.location(),
                facts.camera(),
                facts.exposure(),
                facts.rating(),
                facts.title(),
                facts.description(),
                facts.keywords(),
                facts.livePhotoId(),
                facts.rawTags());
    }

    private static Developed without(Facts facts, AssetState state, String reason) {
        return new Developed(facts, state, Optional.of(reason), Map.of(), List.of(), Optional.empty());
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw new UncheckedIOException("the size of " + file + " can't be read", e);
        }
    }
}
