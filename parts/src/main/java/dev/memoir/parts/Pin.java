package dev.memoir.parts;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One entry of {@code parts.json}.
 *
 * @param version names the folder together with the name; changes whenever the installed files would
 * @param what what it is, for people
 * @param licence SPDX where it has such a name
 * @param without what its lack costs
 * @param path what {@link Parts#path} gives, below the part's folder; ending in a slash: the only file in that folder
 * @param wrap programs that need their folder on the library path and so get a wrapper in {@code bin}
 * @param convert the conversion that makes the part out of its packages
 * @param platforms by {@link Platform#id()}: {@code run}, {@code built} or {@code listed}
 */
public record Pin(
        String name,
        String version,
        String what,
        String licence,
        String without,
        String path,
        Optional<Wrap> wrap,
        Optional<Convert> convert,
        Map<String, String> platforms,
        List<Source> sources) {

    /**
     * @param folder where the programs and their libraries are
     * @param standIns libraries of sound, screen and camera that the programs are linked to and Memoir has no use for; the
     *     versions of symbols that are asked of each
     */
    public record Wrap(List<String> programs, String folder, Map<String, List<String>> standIns) {}

    /**
     * Paths below the checkout or the distribution.
     *
     * @param script run as {@code script --packages DIR --out DIR}
     * @param requirements the hashed Python packages of the environment it runs in
     * @param catalogue names the files and their checksums; each edition of it has a folder of its own
     */
    public record Convert(String script, String requirements, String catalogue) {}

    /** Its folder's name; a converted part's says by which edition of the catalogue, since checkouts may differ in it. */
    String folder() {
        String edition =
                convert.flatMap(Conversion::edition).map(digest -> "-" + digest).orElse("");
        return name + "-" + version + edition;
    }

    /** Whether this program runs where no catalogue is at hand to tell the edition by. */
    boolean isOfUnknownEdition() {
        return convert.isPresent() && convert.flatMap(Conversion::edition).isEmpty();
    }

    /** The packages to get on this kind of machine. */
    List<Source> sources(Platform platform) {
        return sources.stream()
                .filter(source -> source.platform().map(platform.id()::equals).orElse(true))
                .toList();
    }
}
