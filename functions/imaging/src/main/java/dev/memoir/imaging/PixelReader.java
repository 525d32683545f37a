package dev.memoir.imaging;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Decodes Memoir's own renditions from memory to the pixels exactly as they are stored, by libvips: some three times as
 * fast as Java's ImageIO. It binds only the few functions that this takes, since it is part of a cold start.
 */
public final class PixelReader {
    /** Many times what a rendition has; stops a small file that claims to be huge before memory is taken for it. */
    private static final long MOST_PIXELS = 60_000_000;

    private final SymbolLookup symbols;
    private final MethodHandle open;
    private final MethodHandle width;
    private final MethodHandle height;
    private final MethodHandle bands;
    private final MethodHandle write;
    private final MethodHandle free;
    private final MethodHandle unref;

    /** Rows from the top, three bytes a pixel: red, green, blue. */
    public record Picture(int width, int height, byte[] rgb) {}

    private PixelReader(Path library) throws Throwable {
        symbols = SymbolLookup.libraryLookup(library, Arena.global());
        try (Arena arena = Arena.ofConfined()) {
            // What is wrong with a picture comes back as an error; libvips would print it as well.
            int quiet = (int) bind("g_setenv", FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS, JAVA_INT))
                    .invokeExact(arena.allocateFrom("VIPS_WARNING"), arena.allocateFrom("0"), 1);
            int failed = (int) bind("vips_init", FunctionDescriptor.of(JAVA_INT, ADDRESS))
                    .invokeExact(arena.allocateFrom("memoir"));
            if (failed != 0 || quiet != 1) {
                throw new IllegalArgumentException("vips_init failed");
            }
        }
        bind("vips_block_untrusted_set", FunctionDescriptor.ofVoid(JAVA_INT)).invokeExact(1);
        bind("vips_cache_set_max", FunctionDescriptor.ofVoid(JAVA_INT)).invokeExact(0);
        bind("vips_concurrency_set", FunctionDescriptor.ofVoid(JAVA_INT)).invokeExact(1);
        open = bind(
                "vips_image_new_from_buffer",
                FunctionDescriptor.of(ADDRESS, ADDRESS, JAVA_LONG, ADDRESS, ADDRESS),
                Linker.Option.firstVariadicArg(3));
        width = bind("vips_image_get_width", FunctionDescriptor.of(JAVA_INT, ADDRESS));
        height = bind("vips_image_get_height", FunctionDescriptor.of(JAVA_INT, ADDRESS));
        bands = bind("vips_image_get_bands", FunctionDescriptor.of(JAVA_INT, ADDRESS));
        write = bind("vips_image_write_to_memory", FunctionDescriptor.of(ADDRESS, ADDRESS, ADDRESS));
        free = bind("g_free", FunctionDescriptor.ofVoid(ADDRESS));
        unref = bind("g_object_unref", FunctionDescriptor.ofVoid(ADDRESS));
    }

    /** @return empty, with a warning in the log, when this is no libvips that works here */
    public static Optional<PixelReader> load(Path library) {
        try {
            return Optional.of(new PixelReader(library));
        } catch (Throwable e) {
            System.getLogger(PixelReader.class.getName())
                    .log(System.Logger.Level.WARNING, "libvips can't be used: " + library + ": " + e.getMessage());
            return Optional.empty();
        }
    }

    private MethodHandle bind(String name, FunctionDescriptor descriptor, Linker.Option... options) {
        MemorySegment symbol =
                symbols.find(name).orElseThrow(() -> new IllegalArgumentException("it has no function " + name));
        return Linker.nativeLinker().downcallHandle(symbol, descriptor, options);
    }

    /**
     * @param file a whole JPEG of three colours
     * @return empty when it is anything else, damaged or too large: another decoder may know more, or say why
     */
    public Optional<Picture> read(byte[] file) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment bytes = arena.allocate(Math.max(1, file.length));
            MemorySegment.copy(file, 0, bytes, JAVA_BYTE, 0, file.length);
            MemorySegment image = (MemorySegment) open.invokeExact(
                    bytes,
                    (long) file.length,
                    arena.allocateFrom("[access=sequential,fail-on=warning]"),
                    MemorySegment.NULL);
            if (image.address() == 0) {
                return Optional.empty();
            }
            try {
                return pixels(image, arena.allocate(JAVA_LONG));
            } finally {
                unref.invokeExact(image);
            }
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    private Optional<Picture> pixels(MemorySegment image, MemorySegment size) throws Throwable {
        int across = (int) width.invokeExact(image);
        int down = (int) height.invokeExact(image);
        if ((int) bands.invokeExact(image) != 3 || (long) across * down > MOST_PIXELS) {
            return Optional.empty();
        }
        MemorySegment memory = (MemorySegment) write.invokeExact(image, size);
        if (memory.address() == 0) {
            return Optional.empty();
        }
        try {
            long length = size.get(JAVA_LONG, 0);
            if (length != 3L * across * down) {
                return Optional.empty();
            }
            return Optional.of(
                    new Picture(across, down, memory.reinterpret(length).toArray(JAVA_BYTE)));
        } finally {
            free.invokeExact(memory);
        }
    }
}
