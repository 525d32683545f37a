package dev.memoir.postprocessor;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.memoir.imaging.Darkroom;
import dev.memoir.imaging.PixelReader;
import dev.memoir.imaging.Pixmap;
import dev.memoir.imaging.Tools;
import dev.memoir.imaging.Upright;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/** Decodes files for those who look at pixels; needs no store and no database and keeps nothing. */
public final class PixelsMain {
    /** Above the long side of 12 megapixels; what is larger gains no face. */
    private static final int LONGEST = 4096;

    private PixelsMain() {}

    /**
     * {@code FOLDER FILE…}. The folder gets the upright picture of each file that has one, named by the file's place among
     * the arguments: {@code 0.ppm}, {@code 1.ppm}. Prints a JSON list of {@code {"name", "reason"}}, the reason null when
     * all is well.
     */
    public static void main(String[] arguments) throws IOException {
        if (arguments.length < 2) {
            System.err.println("Name a folder and at least one file.");
            System.exit(2);
        }
        Path folder = Path.of(arguments[0]);
        List<String> files = List.of(arguments).subList(1, arguments.length);
        Darkroom darkroom = Darkroom.open(Tools.of(System.getenv()), Clock.systemUTC());
        ArrayNode all = new ObjectMapper().createArrayNode();
        for (String file : files) {
            Path path = Path.of(file);
            String name = path.getFileName().toString();
            Upright upright = darkroom.upright(path, name, LONGEST);
            Optional<PixelReader.Picture> picture = upright.picture();
            if (picture.isPresent()) {
                Pixmap.write(folder.resolve(all.size() + ".ppm"), picture.get());
            }
            all.addObject().put("name", name).put("reason", upright.reason().orElse(null));
        }
        System.out.println(all);
    }
}
