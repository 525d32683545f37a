package dev.memoir.imaging;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What ffprobe says of a container: a film, or a HEIF picture, which is built like one.
 *
 * @param durationSeconds empty for a still picture
 * @param tags of the whole file and of its first track, names in lower case
 * @param picture the track that is seen, when there is one
 */
record Film(Optional<Double> durationSeconds, Map<String, String> tags, Optional<Picture> picture) {

    /**
     * @param input how ffmpeg's filters call it: {@code 0:3} for a stream, {@code 0:g:0} for a grid of tiles
     * @param width upright pixels (for a HEIF picture: as stored)
     * @param height upright pixels (for a HEIF picture: as stored)
     */
    record Picture(String input, int width, int height, String codec) {}

    static Film of(JsonNode probe) {
        JsonNode format = probe.path("format");
        Map<String, String> tags = new LinkedHashMap<>();
        collect(format.path("tags"), tags);
        Optional<JsonNode> stream = seen(probe.path("streams"));
        stream.ifPresent(s -> collect(s.path("tags"), tags));
        Optional<Picture> picture = grid(probe.path("stream_groups")).or(() -> stream.map(Film::picture));
        double duration = format.path("duration")
                .asDouble(stream.map(s -> s.path("duration").asDouble(0)).orElse(0.0));
        return new Film(
                duration > 0 && duration < 1e7 ? Optional.of(duration) : Optional.empty(),
                tags,
                picture.filter(p -> p.width > 0 && p.height > 0));
    }

    private static void collect(JsonNode tags, Map<String, String> into) {
        for (Map.Entry<String, JsonNode> tag : tags.properties()) {
            into.putIfAbsent(
                    tag.getKey().toLowerCase(java.util.Locale.ROOT),
                    tag.getValue().asText());
        }
    }

    /** The first moving track; a cover picture only when nothing else is there. */
    private static Optional<JsonNode> seen(JsonNode streams) {
        JsonNode cover = null;
        JsonNode first = null;
        for (JsonNode stream : streams) {
            if (stream.path("codec_type").asText().equals("video")) {
                JsonNode disposition = stream.path("disposition");
                if (disposition.path("attached_pic").asInt() == 1) {
                    cover = cover == null ? stream : cover;
                } else if (disposition.path("default").asInt() == 1) {
                    return Optional.of(stream);
                } else if (first == null) {
                    first = stream;
                }
            }
        }
        return Optional.ofNullable(first == null ? cover : first);
    }

    private static Optional<Picture> grid(JsonNode groups) {
        JsonNode chosen = null;
        for (JsonNode group : groups) {
            boolean tiles = group.path("type").asText().equals("Tile Grid");
            if (tiles
                    && (chosen == null
                            || group.path("disposition").path("default").asInt() == 1)) {
                chosen = group;
            }
        }
        if (chosen == null) {
            return Optional.empty();
        }
        JsonNode size = chosen.path("components").path(0);
        return Optional.of(new Picture(
                "0:g:" + chosen.path("index").asInt(),
                size.path("width").asInt(),
                size.path("height").asInt(),
                chosen.path("streams").path(0).path("codec_name").asText("")));
    }

    private static Picture picture(JsonNode stream) {
        int width = stream.path("width").asInt();
        int height = stream.path("height").asInt();
        int rotation = 0;
        for (JsonNode side : stream.path("side_data_list")) {
            if (side.has("rotation")) {
                rotation = side.path("rotation").asInt();
            }
        }
        boolean turned = Math.abs(rotation) % 180 == 90;
        return new Picture(
                "0:" + stream.path("index").asInt(),
                turned ? height : width,
                turned ? width : height,
                stream.path("codec_name").asText(""));
    }
}
