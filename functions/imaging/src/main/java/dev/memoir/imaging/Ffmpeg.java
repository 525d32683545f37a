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

/**
 * ffprobe and ffmpeg, on one local file at a time. The container format is forced to the one that the content has, and
 * only files may be opened: a playlist in disguise can't make them read something else.
 */
final class Ffmpeg {
    private static final Duration PROBE_LIMIT = Duration.ofSeconds(20);
    private static final Duration PICTURE_LIMIT = Duration.ofSeconds(90);
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
        double second = Math.min(1, film.durationSeconds().orElse(0.0) / 3);
        Program.Result result = posterAt(second, file, mediaType, picture, longSide, out);
        if (!written(out) && second > 0) {
            result = posterAt(0, file, mediaType, picture, longSide, out);
        }
        if (!written(out)) {
            throw new UnreadablePicture(reason(result, file));
        }
    }

    private Program.Result posterAt(
            double second, Path file, String mediaType, Film.Picture picture, int longSide, Path out) {
        List<String> arguments = start();
        arguments.addAll(List.of("-ss", String.format(java.util.Locale.ROOT, "%.3f", second)));
        arguments.addAll(input(file, mediaType));
        // Not every film has square pixels; and no film is enlarged.
        String size = "scale=iw*sar:ih,setsar=1,scale='min(%1$d,iw)':'min(%1$d,ih)'".formatted(longSide)
                + ":force_original_aspect_ratio=decrease:flags=area,format=rgb24";
        arguments.addAll(List.of("-map", picture.input(), "-an", "-sn", "-dn", "-vf", size));
        return finish(arguments, out);
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
        Program.Result result = finish(arguments, out);
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

    private Program.Result finish(List<String> arguments, Path out) {
        arguments.addAll(List.of("-frames:v", "1", "-c:v", "png", "-compression_level", "1", "-f", "image2"));
        arguments.addAll(List.of("-update", "1", "file:" + out.toAbsolutePath()));
        return ffmpeg.run(arguments, PICTURE_LIMIT, 1000);
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
