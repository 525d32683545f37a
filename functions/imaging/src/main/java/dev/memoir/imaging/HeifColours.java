package dev.memoir.imaging;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/**
 * Finds the colour profile of a HEIF picture: the first {@code colr} property with an ICC profile (ISO/IEC 23008-12, box
 * path meta/iprp/ipco/colr). Phones write one profile for all tiles.
 */
final class HeifColours {
    private HeifColours() {}

    static Optional<byte[]> profile(Path picture) {
        return HeifBoxes.read(picture, (file, meta) -> HeifBoxes.first(meta, HeifColours::in));
    }

    private static Optional<byte[]> in(String type, ByteBuffer body) {
        return switch (type) {
            case "iprp", "ipco" -> HeifBoxes.first(body, HeifColours::in);
            case "colr" -> profile(body);
            default -> Optional.empty();
        };
    }

    private static Optional<byte[]> profile(ByteBuffer colour) {
        if (colour.remaining() < 4 + 128) {
            return Optional.empty();
        }
        String kind = HeifBoxes.name(colour);
        byte[] profile = new byte[colour.remaining()];
        colour.get(profile);
        boolean icc = Arrays.equals(profile, 36, 40, new byte[] {'a', 'c', 's', 'p'}, 0, 4);
        return icc && (kind.equals("prof") || kind.equals("rICC")) ? Optional.of(profile) : Optional.empty();
    }
}
