package dev.memoir.postprocessor;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.memoir.imaging.Darkroom;
import dev.memoir.imaging.Developed;
import dev.memoir.imaging.Tools;
import dev.memoir.media.Facts;
import dev.memoir.media.Rendition;
import dev.memoir.media.Sha256;
import dev.memoir.media.TakenAt;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Prints as JSON what the postprocessor would find out about files; needs no store and no database and keeps nothing. */
public final class FactsMain {
    private FactsMain() {}

    private static final String ANALYSIS = "--analysis";

    /**
     * {@code [--analysis FOLDER] FILE…}. The folder gets the analysis rendition of each file that has one, named by the
     * file's place among the arguments: {@code 0.jpg}, {@code 1.jpg}. Exit codes: 0, or 2 when no file is named or one
     * can't be read.
     */
    public static void main(String[] arguments) throws IOException {
        boolean analysis = arguments.length > 1 && arguments[0].equals(ANALYSIS);
        Optional<Path> folder = analysis ? Optional.of(Path.of(arguments[1])) : Optional.empty();
        List<String> files = List.of(arguments).subList(analysis ? 2 : 0, arguments.length);
        if (files.isEmpty()) {
            System.err.println("Name at least one file.");
            System.exit(2);
        }
        Darkroom darkroom = Darkroom.open(Tools.of(System.getenv()), Clock.systemUTC());
        List<Map<String, Object>> all = new ArrayList<>();
        for (String file : files) {
            Path path = Path.of(file);
            if (!Files.isRegularFile(path) || !Files.isReadable(path)) {
                System.err.println(file + " is not a file that can be read.");
                System.exit(2);
            }
            Developed developed = darkroom.develop(path, path.getFileName().toString());
            byte[] rendition = developed.renditions().get(Rendition.ANALYSIS);
            if (folder.isPresent() && rendition != null) {
                Files.write(folder.get().resolve(all.size() + ".jpg"), rendition);
            }
            all.add(facts(path, developed));
        }
        System.out.println(
                new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValueAsString(all));
    }

    static Map<String, Object> facts(Path file, Developed developed) throws IOException {
        Facts facts = developed.facts();
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("name", file.getFileName().toString());
        json.put("sha256", sha256(file).hex());
        json.put("mediaType", facts.mediaType());
        put(json, "width", facts.width());
        put(json, "height", facts.height());
        put(json, "orientation", facts.orientation());
        put(json, "durationSeconds", facts.durationSeconds());
        put(json, "takenAt", facts.takenAt().map(FactsMain::dated));
        put(json, "takenAtLocal", facts.takenAt().map(t -> t.local().format(DateTimeFormatter.ISO_LOCAL_DATE_TIME)));
        put(json, "offset", facts.takenAt().flatMap(t -> t.offset()).map(ZoneOffset::getId));
        put(json, "takenAtSource", facts.takenAt().map(t -> t.source().name()));
        put(json, "latitude", facts.location().map(p -> p.latitude()));
        put(json, "longitude", facts.location().map(p -> p.longitude()));
        put(json, "altitude", facts.location().flatMap(p -> p.altitude()));
        put(json, "cameraMake", facts.camera().make());
        put(json, "cameraModel", facts.camera().model());
        put(json, "lens", facts.camera().lens());
        put(json, "exposureSeconds", facts.exposure().seconds());
        put(json, "fNumber", facts.exposure().fNumber());
        put(json, "focalLength", facts.exposure().focalLength());
        put(json, "focalLength35", facts.exposure().focalLength35());
        put(json, "iso", facts.exposure().iso());
        put(json, "rating", facts.rating());
        put(json, "title", facts.title());
        put(json, "description", facts.description());
        json.put("keywords", facts.keywords());
        put(json, "livePhotoId", facts.livePhotoId());
        json.put("state", developed.state().wireName());
        put(json, "reason", developed.reason());
        put(json, "thumbhash", developed.thumbhash().map(Base64.getEncoder()::encodeToString));
        json.put("rawTags", facts.rawTags());
        return json;
    }

    /** The wall clock with its offset, as in {@code demo --json}; an offset that is not known is read as UTC. */
    private static String dated(TakenAt taken) {
        return taken.local()
                .atOffset(taken.offset().orElse(ZoneOffset.UTC))
                .format(DateTimeFormatter.ISO_OFFSET_DATE_TIME);
    }

    private static void put(Map<String, Object> json, String name, Optional<?> value) {
        json.put(name, value.orElse(null));
    }

    private static Sha256 sha256(Path file) throws IOException {
        MessageDigest digest = Download.sha256Digest();
        try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
            in.transferTo(OutputStream.nullOutputStream());
        }
        return Sha256.of(digest.digest());
    }
}
