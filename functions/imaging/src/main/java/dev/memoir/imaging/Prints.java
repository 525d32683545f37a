package dev.memoir.imaging;

import dev.memoir.media.Rendition;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;

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
        try (Series series = new Series(picture)) {
            series.print(List.of(Rendition.values()), Prints::encoding);
            byte[] thumbhash;
            try (Bitmap tiny = series.smallest.fit(ThumbHash.LONG_SIDE)) {
                thumbhash = ThumbHash.encode(tiny.width(), tiny.height(), tiny.rgba());
            }
            return new Prints(series.files(), thumbhash);
        }
    }

    /** Only these, in another format: for comparing formats and speeds. */
    static Map<Rendition, byte[]> of(Bitmap picture, Collection<Rendition> wanted, Encoding encoding)
            throws UnreadablePicture {
        try (Series series = new Series(picture)) {
            series.print(wanted, _ -> encoding);
            return series.files();
        }
    }

    /**
     * Smaller and smaller copies of a picture, each from the next larger one: after the first, shrinking costs next to
     * nothing. While a copy is being written, the next one is made.
     */
    private static final class Series implements AutoCloseable {
        private final List<Bitmap> copies = new ArrayList<>();
        private final Map<Rendition, Future<byte[]>> writing = new EnumMap<>(Rendition.class);
        private final ExecutorService writers = Executors.newVirtualThreadPerTaskExecutor();

        /** The picture itself when nothing had to be shrunk. */
        private Bitmap smallest;

        Series(Bitmap picture) {
            this.smallest = picture;
        }

        void print(Collection<Rendition> wanted, Function<Rendition, Encoding> encoding) throws UnreadablePicture {
            List<Rendition> downwards = wanted.stream()
                    .sorted(Comparator.comparingInt(Rendition::longSide).reversed())
                    .toList();
            for (Rendition rendition : downwards) {
                if (Math.max(smallest.width(), smallest.height()) > rendition.longSide()) {
                    smallest = smallest.fit(rendition.longSide());
                    copies.add(smallest);
                }
                Bitmap copy = smallest;
                writing.put(rendition, writers.submit(() -> copy.encode(encoding.apply(rendition))));
            }
        }

        Map<Rendition, byte[]> files() throws UnreadablePicture {
            Map<Rendition, byte[]> files = new EnumMap<>(Rendition.class);
            for (var one : writing.entrySet()) {
                files.put(one.getKey(), written(one.getValue()));
            }
            return files;
        }

        private static byte[] written(Future<byte[]> file) throws UnreadablePicture {
            try {
                return file.get();
            } catch (ExecutionException e) {
                switch (e.getCause()) {
                    case UnreadablePicture unreadable -> throw unreadable;
                    case RuntimeException failure -> throw failure;
                    case Error error -> throw error;
                    case Throwable other -> throw new IllegalStateException(other);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted while renditions were written", e);
            }
        }

        /** Waits for the writers: they read the copies. */
        @Override
        public void close() {
            writers.close();
            copies.forEach(Bitmap::close);
        }
    }
}
