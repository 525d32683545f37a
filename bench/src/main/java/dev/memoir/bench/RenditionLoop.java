package dev.memoir.bench;

import dev.memoir.imaging.Darkroom;
import dev.memoir.imaging.Encoding;
import dev.memoir.imaging.Tools;
import dev.memoir.media.Rendition;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Set;

/** Memoir's side of {@link Renditions}: {@code FILE jpeg|webp TIMES}. */
final class RenditionLoop {
    private RenditionLoop() {}

    public static void main(String[] arguments) throws Exception {
        var darkroom = Darkroom.open(Tools.of(System.getenv()), Clock.systemUTC());
        var photo = Path.of(arguments[0]);
        var encoding = arguments[1].equals("webp") ? Encoding.webp(82) : Encoding.jpeg(82);
        var both = Set.of(Rendition.PREVIEW, Rendition.THUMBNAIL);
        Loop.print(Integer.parseInt(arguments[2]), () -> darkroom.render(photo, both, encoding));
    }
}
