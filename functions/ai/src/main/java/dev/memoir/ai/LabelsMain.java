package dev.memoir.ai;

import com.drew.imaging.ImageMetadataReader;
import com.drew.imaging.ImageProcessingException;
import com.drew.metadata.exif.ExifIFD0Directory;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.memoir.ai.model.ModelMissing;
import dev.memoir.ai.picture.Decoder;
import dev.memoir.ai.picture.Pixels;
import dev.memoir.ai.picture.UnreadablePicture;
import dev.memoir.catalog.Analysis;
import dev.memoir.media.Label;
import dev.memoir.models.ModelCatalogue;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * What the models say of files, without a store or a database: {@code FILE… [--json]}. {@link LocalModels} says where models come from.
 * Kinds of files that Java's ImageIO can't read are to be given as their analysis rendition.
 */
public final class LabelsMain {
    private LabelsMain() {}

    /** One line of the answer. */
    record Said(String name, List<Label> labels, OptionalDouble nsfw) {}

    public static void main(String[] arguments) {
        System.exit(run(List.of(arguments), System.getenv(), System.out, System.err));
    }

    /** @return exit status: 0; 1 when a file can't be read or a model is missing; 2 when there is nothing to do */
    static int run(List<String> arguments, Map<String, String> environment, PrintStream out, PrintStream errors) {
        List<Path> files = arguments.stream()
                .filter(argument -> !argument.equals("--json"))
                .map(Path::of)
                .toList();
        if (files.isEmpty()) {
            errors.println("which files? FILE… [--json]");
            return 2;
        }
        try {
            List<Said> said = look(files, environment);
            out.println(arguments.contains("--json") ? json(said) : text(said));
            return 0;
        } catch (UnreadablePicture | ModelMissing | IllegalArgumentException | IllegalStateException e) {
            errors.println(e.getMessage());
            return 1;
        }
    }

    private static List<Said> look(List<Path> files, Map<String, String> environment) {
        var models = LocalModels.of(environment);
        try (var vision = new Vision(ModelCatalogue.load(), models.folder(), models.device())) {
            return files.stream()
                    .map(file -> said(file.getFileName().toString(), look(vision, file)))
                    .toList();
        }
    }

    private static List<Analysis> look(Vision vision, Path file) {
        try {
            byte[] content = Files.readAllBytes(file);
            return vision.look(() -> upright(content), vision.models());
        } catch (IOException e) {
            throw new UnreadablePicture(file + " can't be read: " + e, e);
        } catch (UnreadablePicture e) {
            throw new UnreadablePicture(file + ": " + e.getMessage(), e);
        }
    }

    private static Pixels upright(byte[] content) {
        return Decoder.decode(content).upright(orientation(content));
    }

    /** EXIF's value, 1 when there is none. */
    private static int orientation(byte[] content) {
        try {
            var exif = ImageMetadataReader.readMetadata(new ByteArrayInputStream(content))
                    .getFirstDirectoryOfType(ExifIFD0Directory.class);
            Integer value = exif == null ? null : exif.getInteger(ExifIFD0Directory.TAG_ORIENTATION);
            return value == null ? 1 : value;
        } catch (ImageProcessingException | IOException e) {
            return 1;
        }
    }

    private static Said said(String name, List<Analysis> analyses) {
        return new Said(
                name,
                analyses.stream().flatMap(a -> a.labels().stream()).toList(),
                analyses.stream().flatMapToDouble(a -> a.score().stream()).findFirst());
    }

    private static String json(List<Said> said) {
        var json = new ObjectMapper();
        var rows = json.createArrayNode();
        for (Said one : said) {
            var row = rows.addObject().put("name", one.name());
            row.set("labels", json.valueToTree(one.labels()));
            one.nsfw().ifPresent(nsfw -> row.put("nsfw", nsfw));
        }
        return rows.toString();
    }

    private static String text(List<Said> said) {
        var lines = new ArrayList<String>();
        for (Said one : said) {
            lines.add(one.name());
            one.labels().forEach(label -> lines.add("  %.2f %s".formatted(label.confidence(), label.name())));
            one.nsfw().ifPresent(nsfw -> lines.add("  %.2f (not safe for work)".formatted(nsfw)));
        }
        return String.join("\n", lines);
    }
}
