package dev.memoir.imaging;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_DOUBLE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;

/**
 * The C functions of libvips that are used here, through the foreign function API. Each method is one call; a null pointer
 * or a non-zero result becomes {@link UnreadablePicture} at once, since libvips crashes on a null it is handed back.
 */
final class VipsLibrary {
    private static final int TRUE = 1;
    private static final int SIZE_DOWN = 2;
    private static final int CMYK = 15;
    private static final int SRGB = 22;
    private static final int ACCESS_SEQUENTIAL = 1;
    private static final int KEEP_NONE_SINCE = 8015;

    /** Go on whatever happens. */
    static final int FAIL_NEVER = 0;

    /** Stop at a file that is cut short and at serious errors; warnings pass. */
    static final int FAIL_ON_ERROR = 2;

    private final SymbolLookup symbols;
    private final int version;
    private final MethodHandle errorBuffer;
    private final MethodHandle errorClear;
    private final MethodHandle typeFind;
    private final MethodHandle open;
    private final MethodHandle width;
    private final MethodHandle height;
    private final MethodHandle bands;
    private final MethodHandle format;
    private final MethodHandle interpretation;
    private final MethodHandle sizeOf;
    private final MethodHandle orientation;
    private final MethodHandle hasAlpha;
    private final MethodHandle typeOf;
    private final MethodHandle thumbnail;
    private final MethodHandle transformEmbedded;
    private final MethodHandle transformFrom;
    private final MethodHandle thumbnailImage;
    private final MethodHandle copyMemory;
    private final MethodHandle colourspace;
    private final MethodHandle addAlpha;
    private final MethodHandle flatten;
    private final MethodHandle doubles;
    private final MethodHandle areaUnref;
    private final MethodHandle writeToBuffer;
    private final MethodHandle writeToMemory;
    private final MethodHandle free;
    private final MethodHandle unref;

    /** @throws IllegalArgumentException when it can't be loaded or lacks what is needed (older than 8.13) */
    VipsLibrary(Path library, int threads) {
        symbols = SymbolLookup.libraryLookup(library, Arena.global());
        init(threads);
        version = versionNumber();
        errorBuffer = call("vips_error_buffer", FunctionDescriptor.of(ADDRESS));
        errorClear = call("vips_error_clear", FunctionDescriptor.ofVoid());
        typeFind = call("vips_type_find", FunctionDescriptor.of(JAVA_LONG, ADDRESS, ADDRESS));
        open = variadic("vips_image_new_from_file", 1, ADDRESS, ADDRESS, ADDRESS, JAVA_INT, ADDRESS);
        width = call("vips_image_get_width", FunctionDescriptor.of(JAVA_INT, ADDRESS));
        height = call("vips_image_get_height", FunctionDescriptor.of(JAVA_INT, ADDRESS));
        bands = call("vips_image_get_bands", FunctionDescriptor.of(JAVA_INT, ADDRESS));
        format = call("vips_image_get_format", FunctionDescriptor.of(JAVA_INT, ADDRESS));
        interpretation = call("vips_image_get_interpretation", FunctionDescriptor.of(JAVA_INT, ADDRESS));
        sizeOf = call("vips_format_sizeof", FunctionDescriptor.of(JAVA_LONG, JAVA_INT));
        orientation = call("vips_image_get_orientation", FunctionDescriptor.of(JAVA_INT, ADDRESS));
        hasAlpha = call("vips_image_hasalpha", FunctionDescriptor.of(JAVA_INT, ADDRESS));
        typeOf = call("vips_image_get_typeof", FunctionDescriptor.of(JAVA_LONG, ADDRESS, ADDRESS));
        thumbnail = variadic(
                "vips_thumbnail",
                3,
                JAVA_INT,
                ADDRESS,
                ADDRESS,
                JAVA_INT,
                ADDRESS,
                JAVA_INT,
                ADDRESS,
                JAVA_INT,
                ADDRESS,
                JAVA_INT,
                ADDRESS);
        transformEmbedded =
                variadic("vips_icc_transform", 3, JAVA_INT, ADDRESS, ADDRESS, ADDRESS, ADDRESS, JAVA_INT, ADDRESS);
        transformFrom =
                variadic("vips_icc_transform", 3, JAVA_INT, ADDRESS, ADDRESS, ADDRESS, ADDRESS, ADDRESS, ADDRESS);
        thumbnailImage = variadic(
                "vips_thumbnail_image",
                3,
                JAVA_INT,
                ADDRESS,
                ADDRESS,
                JAVA_INT,
                ADDRESS,
                JAVA_INT,
                ADDRESS,
                JAVA_INT,
                ADDRESS);
        copyMemory = call("vips_image_copy_memory", FunctionDescriptor.of(ADDRESS, ADDRESS));
        colourspace = variadic("vips_colourspace", 3, JAVA_INT, ADDRESS, ADDRESS, JAVA_INT, ADDRESS);
        addAlpha = variadic("vips_addalpha", 2, JAVA_INT, ADDRESS, ADDRESS, ADDRESS);
        flatten = variadic("vips_flatten", 2, JAVA_INT, ADDRESS, ADDRESS, ADDRESS, ADDRESS, ADDRESS);
        doubles = call("vips_array_double_new", FunctionDescriptor.of(ADDRESS, ADDRESS, JAVA_INT));
        areaUnref = call("vips_area_unref", FunctionDescriptor.ofVoid(ADDRESS));
        writeToBuffer =
                variadic("vips_image_write_to_buffer", 4, JAVA_INT, ADDRESS, ADDRESS, ADDRESS, ADDRESS, ADDRESS);
        writeToMemory = call("vips_image_write_to_memory", FunctionDescriptor.of(ADDRESS, ADDRESS, ADDRESS));
        free = call("g_free", FunctionDescriptor.ofVoid(ADDRESS));
        unref = call("g_object_unref", FunctionDescriptor.ofVoid(ADDRESS));
    }

    /** No cache of operations: each file is new. Loaders that libvips calls fit only for trusted files are shut. */
    private void init(int threads) {
        try (Arena arena = Arena.ofConfined()) {
            // libvips prints a warning for every odd file otherwise; what matters comes back as an error.
            int quiet = (int) call("g_setenv", FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS, JAVA_INT))
                    .invokeExact(arena.allocateFrom("VIPS_WARNING"), arena.allocateFrom("0"), TRUE);
            int failed = (int) call("vips_init", FunctionDescriptor.of(JAVA_INT, ADDRESS))
                    .invokeExact(arena.allocateFrom("memoir"));
            if (failed != 0 || quiet != TRUE) {
                throw new IllegalArgumentException("vips_init failed");
            }
            call("vips_block_untrusted_set", FunctionDescriptor.ofVoid(JAVA_INT))
                    .invokeExact(TRUE);
            call("vips_cache_set_max", FunctionDescriptor.ofVoid(JAVA_INT)).invokeExact(0);
            call("vips_concurrency_set", FunctionDescriptor.ofVoid(JAVA_INT)).invokeExact(threads);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    private int versionNumber() {
        MethodHandle part = call("vips_version", FunctionDescriptor.of(JAVA_INT, JAVA_INT));
        return safely(() -> (int) part.invokeExact(0) * 1000 + (int) part.invokeExact(1));
    }

    /** Such as {@code 8.18}. */
    String version() {
        return version / 1000 + "." + version % 1000;
    }

    /** Whether it was built with an operation, for instance {@code heifload}. */
    boolean has(String operation) {
        try (Arena arena = Arena.ofConfined()) {
            return safely(() -> (long)
                            typeFind.invokeExact(arena.allocateFrom("VipsOperation"), arena.allocateFrom(operation)))
                    != 0;
        }
    }

    /** Reads the header; pixels are read only when somebody asks for them. */
    MemorySegment open(String file) throws UnreadablePicture {
        try (Arena arena = Arena.ofConfined()) {
            return made(safely(() -> (MemorySegment) open.invokeExact(
                    arena.allocateFrom(file), arena.allocateFrom("access"), ACCESS_SEQUENTIAL, MemorySegment.NULL)));
        }
    }

    int width(MemorySegment image) {
        return safely(() -> (int) width.invokeExact(image));
    }

    int height(MemorySegment image) {
        return safely(() -> (int) height.invokeExact(image));
    }

    boolean isCmyk(MemorySegment image) {
        return safely(() -> (int) interpretation.invokeExact(image)) == CMYK;
    }

    /** EXIF orientation, 1 when the file has none. */
    int orientation(MemorySegment image) {
        return safely(() -> (int) orientation.invokeExact(image));
    }

    /** Bytes of one decoded pixel. */
    long bytesPerPixel(MemorySegment image) {
        return safely(
                () -> (int) bands.invokeExact(image) * (long) sizeOf.invokeExact((int) format.invokeExact(image)));
    }

    boolean hasField(MemorySegment image, String name) {
        try (Arena arena = Arena.ofConfined()) {
            return safely(() -> (long) typeOf.invokeExact(image, arena.allocateFrom(name))) != 0;
        }
    }

    boolean hasAlpha(MemorySegment image) {
        return safely(() -> (int) hasAlpha.invokeExact(image)) != 0;
    }

    /** Opens, shrinks while loading and turns upright, in the file's own colours; still lazy. */
    MemorySegment thumbnail(String file, int longSide, int failOn) throws UnreadablePicture {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment out = arena.allocate(ADDRESS);
            check(safely(() -> (int) thumbnail.invokeExact(
                    arena.allocateFrom(file),
                    out,
                    longSide,
                    arena.allocateFrom("height"),
                    longSide,
                    arena.allocateFrom("size"),
                    SIZE_DOWN,
                    arena.allocateFrom("fail-on"),
                    failOn,
                    MemorySegment.NULL)));
            return made(out.get(ADDRESS, 0));
        }
    }

    /** Converts the colours of the profile that the image carries to sRGB. */
    MemorySegment fromOwnProfile(MemorySegment image) throws UnreadablePicture {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment out = arena.allocate(ADDRESS);
            check(safely(() -> (int) transformEmbedded.invokeExact(
                    image, out, arena.allocateFrom("srgb"), arena.allocateFrom("embedded"), TRUE, MemorySegment.NULL)));
            return made(out.get(ADDRESS, 0));
        }
    }

    /** Converts the colours of a profile in a file to sRGB. */
    MemorySegment fromProfile(MemorySegment image, String profile) throws UnreadablePicture {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment out = arena.allocate(ADDRESS);
            check(safely(() -> (int) transformFrom.invokeExact(
                    image,
                    out,
                    arena.allocateFrom("srgb"),
                    arena.allocateFrom("input-profile"),
                    arena.allocateFrom(profile),
                    MemorySegment.NULL)));
            return made(out.get(ADDRESS, 0));
        }
    }

    MemorySegment shrink(MemorySegment image, int longSide) throws UnreadablePicture {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment out = arena.allocate(ADDRESS);
            check(safely(() -> (int) thumbnailImage.invokeExact(
                    image,
                    out,
                    longSide,
                    arena.allocateFrom("height"),
                    longSide,
                    arena.allocateFrom("size"),
                    SIZE_DOWN,
                    MemorySegment.NULL)));
            return made(out.get(ADDRESS, 0));
        }
    }

    /** Runs everything that is still lazy. */
    MemorySegment toMemory(MemorySegment image) throws UnreadablePicture {
        return made(safely(() -> (MemorySegment) copyMemory.invokeExact(image)));
    }

    /** Eight bits a channel. */
    MemorySegment toSrgb(MemorySegment image) throws UnreadablePicture {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment out = arena.allocate(ADDRESS);
            check(safely(() -> (int) colourspace.invokeExact(image, out, SRGB, MemorySegment.NULL)));
            return made(out.get(ADDRESS, 0));
        }
    }

    MemorySegment withAlpha(MemorySegment image) throws UnreadablePicture {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment out = arena.allocate(ADDRESS);
            check(safely(() -> (int) addAlpha.invokeExact(image, out, MemorySegment.NULL)));
            return made(out.get(ADDRESS, 0));
        }
    }

    MemorySegment onWhite(MemorySegment image) throws UnreadablePicture {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment out = arena.allocate(ADDRESS);
            MemorySegment white = safely(
                    () -> (MemorySegment) doubles.invokeExact(arena.allocateFrom(JAVA_DOUBLE, 255, 255, 255), 3));
            try {
                check(safely(() -> (int) flatten.invokeExact(
                        image, out, arena.allocateFrom("background"), made(white), MemorySegment.NULL)));
            } finally {
                safely(() -> {
                    areaUnref.invokeExact(white);
                    return 0;
                });
            }
            return made(out.get(ADDRESS, 0));
        }
    }

    byte[] write(MemorySegment image, Encoding encoding) throws UnreadablePicture {
        String bare = version >= KEEP_NONE_SINCE ? "keep=none" : "strip=true";
        String suffix = switch (encoding.format()) {
            case JPEG -> ".jpg[Q=%d,optimize-coding=true,%s]".formatted(encoding.quality(), bare);
            case WEBP -> ".webp[Q=%d,%s]".formatted(encoding.quality(), bare);
        };
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment out = arena.allocate(ADDRESS);
            MemorySegment size = arena.allocate(JAVA_LONG);
            check(safely(() ->
                    (int) writeToBuffer.invokeExact(image, arena.allocateFrom(suffix), out, size, MemorySegment.NULL)));
            return taken(made(out.get(ADDRESS, 0)), size.get(JAVA_LONG, 0));
        }
    }

    byte[] pixels(MemorySegment image) throws UnreadablePicture {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment size = arena.allocate(JAVA_LONG);
            MemorySegment out = made(safely(() -> (MemorySegment) writeToMemory.invokeExact(image, size)));
            return taken(out, size.get(JAVA_LONG, 0));
        }
    }

    void release(MemorySegment object) {
        safely(() -> {
            unref.invokeExact(object);
            return 0;
        });
    }

    private byte[] taken(MemorySegment memory, long size) {
        byte[] bytes = memory.reinterpret(size).toArray(java.lang.foreign.ValueLayout.JAVA_BYTE);
        safely(() -> {
            free.invokeExact(memory);
            return 0;
        });
        return bytes;
    }

    private void check(int result) throws UnreadablePicture {
        if (result != 0) {
            throw new UnreadablePicture(lastError());
        }
    }

    private MemorySegment made(MemorySegment pointer) throws UnreadablePicture {
        if (pointer.address() == 0) {
            throw new UnreadablePicture(lastError());
        }
        return pointer;
    }

    private String lastError() {
        String text = safely(() -> ((MemorySegment) errorBuffer.invokeExact()).reinterpret(Long.MAX_VALUE))
                .getString(0);
        safely(() -> {
            errorClear.invokeExact();
            return 0;
        });
        return text;
    }

    private MethodHandle call(String name, FunctionDescriptor descriptor) {
        return Linker.nativeLinker().downcallHandle(symbol(name), descriptor);
    }

    private MethodHandle variadic(String name, int fixed, MemoryLayout result, MemoryLayout... arguments) {
        return Linker.nativeLinker()
                .downcallHandle(
                        symbol(name), FunctionDescriptor.of(result, arguments), Linker.Option.firstVariadicArg(fixed));
    }

    private MemorySegment symbol(String name) {
        return symbols.find(name)
                .orElseThrow(() -> new IllegalArgumentException(
                        "it has no function " + name + " (libvips 8.13 or newer is needed)"));
    }

    private interface Call<T> {
        T run() throws Throwable;
    }

    /** A foreign call declares every throwable and throws none of its own. */
    private static <T> T safely(Call<T> call) {
        try {
            return call.run();
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }
}
