package dev.memoir.imaging;

import dev.memoir.media.Rendition;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What is made of one decoded picture.
 *
 * @param files the renditions' bytes
 * @param thumbhash see {@link ThumbHash}
 */
record Prints(Map<Rendition, byte[]> files, byte[] thumbhash) {

    /** The qualities at which JPEG's losses are not seen at that size; models are given more. */
    static Encoding encoding(Rendition rendition) {
        return switch (rendition) {
            case ANALYSIS -> Encoding.jpeg(92);
            case PREVIEW -> Encoding.jpeg(82);
            case THUMBNAIL -> Encoding.jpeg(80);
        };
    }

    static Prints of(Bitmap picture) throws UnreadablePicture {
        Map<Rendition, byte[]> files = new EnumMap<>(Rendition.class);
        Bitmap smallest = each(
                picture,
                List.of(Rendition.values()),
                (rendition, bitmap) -> files.put(rendition, bitmap.encode(encoding(rendition))));
        try (Bitmap tiny = smallest.fit(ThumbHash.LONG_SIDE)) {
            return new Prints(files, ThumbHash.encode(tiny.width(), tiny.height(), tiny.rgba()));
        } finally {
            if (smallest != picture) {
                smallest.close();
            }
        }
    }

    /** Only these, in another format: for comparing formats and speeds. */
    static Map<Rendition, byte[]> of(Bitmap picture, Collection<Rendition> wanted, Encoding encoding)
            throws UnreadablePicture {
        Map<Rendition, byte[]> files = new EnumMap<>(Rendition.class);
        Bitmap smallest = each(picture, wanted, (rendition, bitmap) -> files.put(rendition, bitmap.encode(encoding)));
        if (smallest != picture) {
            smallest.close();
        }
        return files;
    }

    private interface Step {
        void accept(Rendition rendition, Bitmap bitmap) throws UnreadablePicture;
    }

    /**
     * Each from the next larger one: after the first, shrinking costs next to nothing.
     *
     * @return the smallest, which is {@code picture} itself when nothing had to be shrunk
     */
    private static Bitmap each(Bitmap picture, Collection<Rendition> wanted, Step step) throws UnreadablePicture {
        List<Rendition> downwards = wanted.stream()
                .sorted(Comparator.comparingInt(Rendition::longSide).reversed())
                .toList();
        Bitmap now = picture;
        try {
            for (Rendition rendition : downwards) {
                if (Math.max(now.width(), now.height()) > rendition.longSide()) {
                    Bitmap smaller = now.fit(rendition.longSide());
                    if (now != picture) {
                        now.close();
                    }
                    now = smaller;
                }
                step.accept(rendition, now);
            }
            return now;
        } catch (UnreadablePicture | RuntimeException e) {
            if (now != picture) {
                now.close();
            }
            throw e;
        }
    }
}
