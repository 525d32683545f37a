package dev.memoir.imaging;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * ffprobe and ffmpeg, on one local file at a time. The container format is forced to the one that the content has, and
 * only files may be opened: a playlist in disguise can't make them read something else.
 */
final class Ffmpeg {
    private static final Duration PROBE_LIMIT = Duration.ofSeconds(20);
    private static final Duration PICTURE_LIMIT = Duration.ofSeconds(90);
    /** The film's further frames cost no more than this together with four of the next. */
    private static final Duration SCAN_LIMIT = Duration.ofSeconds(20);

    private static final Duration FRAME_LIMIT = Duration.ofSeconds(15);

    /** Of ffmpeg's scene score, 0 to 1; its manual says that 0.3 to 0.5 is sane. */
    private static final String SCENE_CHANGE = "0.3";

    private static final Pattern SCORED =
            Pattern.compile("pts_time:(\\d+(?:\\.\\d+)?)\\s+lavfi\\.scene_score=(\\d+(?:\\.\\d+)?)");

    private static final int MOST_PROBE_OUTPUT = 4 << 20;
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Measured: a grid of 200 megapixels takes 1.4 GB, its tiles and the whole at the same time. */
    private static final long TILES_BYTES_PER_PIXEL = 7;

    private static final Map<String, String> DEMUXERS = Map.ofEntries(
            Map.entry("video/mp4", "mov"),
            Map.entry("video/quicktime", "mov"),
            Map.entry("video/3gpp", "mov"),
            Map.entry("image/heic", "mov"),
            Map.entry("image/heif", "mov"),
            Map.entry("image/heic-sequence", "mov"),
            Map.entry("image/heif-sequence", "mov"),
            Map.entry("video/x-matroska", "matroska"),
            Map.entry("video/webm", "matroska"),
            Map.entry("video/x-msvideo", "avi"),
            Map.entry("video/mp2t", "mpegts"),
            Map.entry("video/mpeg", "mpeg"),
            Map.entry("video/x-ms-asf", "asf"),
            Map.entry("video/x-flv", "flv"));

    private final Program ffmpeg;
    private final Program ffprobe;
    private final DecodeLimits limits;

    Ffmpeg(Path ffmpeg, Path ffprobe, DecodeLimits limits) {
        this.ffmpeg = new Program(ffmpeg);
        this.ffprobe = new Program(ffprobe);
        this.limits = limits;
    }

    static boolean reads(String mediaType) {
        return DEMUXERS.containsKey(mediaType);
    }

    /** The programs' version, such as {@code 8.1.2}; empty when they don't run. */
    Optional<String> version() {
        try {
            Program.Result probe = ffprobe.run(List.of("-version"), PROBE_LIMIT, 4000);
            Program.Result result = ffmpeg.run(List.of("-version"), PROBE_LIMIT, 4000);
            String[] words = result.output().split("\\s+", 4);
            return probe.ok() && result.ok() && words.length > 2 ? Optional.of(words[2]) : Optional.empty();
        } catch (UncheckedIOException e) {
            return Optional.empty();
        }
    }

    /** What the container says; it throws when the file is not what its first bytes promise. */
    Film probe(Path file, String mediaType) throws UnreadablePicture {
        List<String> arguments = new ArrayList<>(List.of("-v", "error", "-print_format", "json"));
        arguments.addAll(List.of("-show_format", "-show_streams"));
        if (mediaType.startsWith("image/")) {
            arguments.add("-show_stream_groups");
        }
        arguments.addAll(input(file, mediaType));
        Program.Result result = ffprobe.run(arguments, PROBE_LIMIT, MOST_PROBE_OUTPUT);
        if (!result.ok()) {
            throw new UnreadablePicture(reason(result, file));
        }
        try {
            JsonNode answer = JSON.readTree(result.output());
            Film film = Film.of(answer);
            if (film.picture().isEmpty()
                    && answer.path("streams").findValuesAsText("codec_type").stream()
                            .noneMatch("audio"::equals)) {
                throw new UnreadablePicture("the tables that describe its tracks are damaged or cut short");
            }
            return film;
        } catch (JsonProcessingException e) {
            throw new UnreadablePicture("ffprobe's answer can't be read");
        }
    }

    /**
     * Writes a picture that stands for a film: the frame after one second, since many begin black.
     *
     * @param out a PNG, upright, its longer side at most {@code longSide}
     */
    void poster(Path file, String mediaType, Film film, int longSide, Path out) throws UnreadablePicture {
        Film.Picture picture = film.picture().orElseThrow(() -> new UnreadablePicture("it holds no picture"));
        limits.check(picture.width(), picture.height(), 0);
        double second = posterSecond(film);
        Program.Result result = pictureAt(second, file, mediaType, picture, longSide, out, PICTURE_LIMIT);
        if (!written(out) && second > 0) {
            result = pictureAt(0, file, mediaType, picture, longSide, out, PICTURE_LIMIT);
        }
        if (!written(out)) {
            throw new UnreadablePicture(reason(result, file));
        }
    }

    private static double posterSecond(Film film) {
        return Math.min(1, film.durationSeconds().orElse(0.0) / 3);
    }

    /**
     * The moments of a film that are worth a look beside the poster. Only pictures that stand for themselves are decoded, so
     * that a long film takes little time; when even that takes too long, its moments lie at even distances.
     */
    List<Double> moments(Path file, String mediaType, Film film) {
        double duration = film.durationSeconds().orElse(0.0);
        List<String> arguments = start();
        arguments.addAll(List.of("-skip_frame", "nokey"));
        arguments.addAll(input(file, mediaType));
        arguments.addAll(List.of("-map", film.picture().orElseThrow().input(), "-an", "-sn", "-dn", "-vf"));
        arguments.add(
                "scale=160:90:flags=fast_bilinear,select='gt(scene,%s)',metadata=print:file=-".formatted(SCENE_CHANGE));
        arguments.addAll(List.of("-f", "null", "-"));
        Program.Result result = ffmpeg.run(arguments, SCAN_LIMIT, MOST_PROBE_OUTPUT);
        return MomentsOfFilm.choose(duration, posterSecond(film), changes(result.output()));
    }

    /** As ffmpeg's filter {@code metadata} prints them: a line with {@code pts_time:}, then one with the score. */
    private static List<MomentsOfFilm.SceneChange> changes(String printed) {
        return SCORED.matcher(printed)
                .results()
                .map(match -> new MomentsOfFilm.SceneChange(
                        Double.parseDouble(match.group(1)), Double.parseDouble(match.group(2))))
                .toList();
    }

    /** Writes a film's picture at this second, as {@link #poster} does. Whether there is one. */
    boolean frame(double second, Path file, String mediaType, Film film, int longSide, Path out) {
        pictureAt(second, file, mediaType, film.picture().orElseThrow(), longSide, out, FRAME_LIMIT);
        return written(out);
    }

    private Program.Result pictureAt(
            double second, Path file, String mediaType, Film.Picture picture, int longSide, Path out, Duration limit) {
        List<String> arguments = start();
        arguments.addAll(List.of("-ss", String.format(java.util.Locale.ROOT, "%.3f", second)));
        arguments.addAll(input(file, mediaType));
        // Not every film has square pixels; and no film is enlarged.
        String size = "scale=iw*sar:ih,setsar=1,scale='min(%1$d,iw)':'min(%1$d,ih)'".formatted(longSide)
                + ":force_original_aspect_ratio=decrease:flags=area,format=rgb24";
        arguments.addAll(List.of("-map", picture.input(), "-an", "-sn", "-dn", "-vf", size));
        return finish(arguments, out, limit);
    }

    /** Writes the primary picture of a HEIF file, upright, as {@link #poster} does; colours stay those of its profile. */
    void still(Path file, String mediaType, Film film, int longSide, Path out) throws UnreadablePicture {
        Film.Picture picture = film.picture().orElseThrow(() -> new UnreadablePicture("it holds no picture"));
        limits.check(picture.width(), picture.height(), TILES_BYTES_PER_PIXEL);
        int longer = Math.min(longSide, Math.max(picture.width(), picture.height()));
        List<String> arguments = start();
        arguments.addAll(input(file, mediaType));
        String filter = "[%s]scale=%d:%d:force_original_aspect_ratio=decrease:flags=area,format=rgb24[still]"
                .formatted(picture.input(), longer, longer);
        arguments.addAll(List.of("-filter_complex", filter, "-map", "[still]"));
        Program.Result result = finish(arguments, out, PICTURE_LIMIT);
        if (!written(out)) {
            throw new UnreadablePicture(reason(result, file));
        }
    }

    private static List<String> start() {
        return new ArrayList<>(List.of("-v", "error", "-hide_banner", "-nostdin", "-threads", "2", "-y"));
    }

    private static List<String> input(Path file, String mediaType) {
        String demuxer = DEMUXERS.get(mediaType);
        return List.of("-protocol_whitelist", "file", "-f", demuxer, "-i", "file:" + file.toAbsolutePath());
    }

    private Program.Result finish(List<String> arguments, Path out, Duration limit) {
        arguments.addAll(List.of("-frames:v", "1", "-c:v", "png", "-compression_level", "1", "-f", "image2"));
        arguments.addAll(List.of("-update", "1", "file:" + out.toAbsolutePath()));
        return ffmpeg.run(arguments, limit, 1000);
    }

    private static boolean written(Path out) {
        try {
            return Files.exists(out) && Files.size(out) > 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The last thing that a program complained of, without addresses and folders of this machine. */
    private static String reason(Program.Result result, Path file) {
        if (result.exit() == 124) {
            return "decoding took too long";
        }
        return result.complaint()
                .lines()
                .filter(line -> !line.contains("no version information") && !line.isBlank())
                .map(line -> line.replaceAll("^\\[[^]]*] ?", "")
                        .replace("file:" + file.toAbsolutePath(), "the file")
                        .replace(file.toAbsolutePath().toString(), "the file")
                        .replace("moov atom not found", "its table of contents is missing; was the file cut short?"))
                .findFirst()
                .orElse("no picture could be decoded");
    }
}
