package dev.memoir.imaging;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Tells a file's media type by its first bytes, never by its name. */
public final class MediaTypes {
    public static final String UNKNOWN = "application/octet-stream";
    public static final String HEIC = "image/heic";

    /** Enough for three packets of a transport stream with time codes, and for most formats' first tables. */
    private static final int HEAD = 4096;

    private static final List<Signature> SIGNATURES = List.of(
            new Signature("image/jpeg", 0, "FFD8FF"),
            new Signature("image/png", 0, "89504E470D0A1A0A"),
            // TIFF itself is told by its tags; this is BigTIFF, for files above 4 GB.
            new Signature("image/tiff", 0, "49492B00"),
            new Signature("image/tiff", 0, "4D4D002B"),
            new Signature("image/gif", 0, ascii("GIF87a")),
            new Signature("image/gif", 0, ascii("GIF89a")),
            new Signature("image/jxl", 0, "FF0A"),
            new Signature("image/jxl", 0, "0000000C4A584C200D0A870A"),
            new Signature("image/jp2", 0, "0000000C6A5020200D0A870A"),
            new Signature("image/vnd.adobe.photoshop", 0, ascii("8BPS")),
            new Signature("image/x-fuji-raf", 0, ascii("FUJIFILMCCD-RAW")),
            new Signature("image/x-olympus-orf", 0, ascii("IIRO")),
            new Signature("image/x-olympus-orf", 0, ascii("IIRS")),
            new Signature("image/x-olympus-orf", 0, ascii("MMOR")),
            new Signature("image/x-panasonic-rw2", 0, "49495500"),
            new Signature("image/x-canon-crw", 6, ascii("HEAPCCDR")),
            new Signature("image/x-sigma-x3f", 0, ascii("FOVb")),
            new Signature("image/x-minolta-mrw", 0, "004D524D"),
            new Signature("video/x-ms-asf", 0, "3026B2758E66CF11A6D900AA0062CE6C"),
            new Signature("video/x-flv", 0, ascii("FLV")),
            new Signature("video/mpeg", 0, "000001BA"),
            new Signature("video/mpeg", 0, "000001B3"),
            new Signature("audio/mpeg", 0, ascii("ID3")),
            new Signature("audio/flac", 0, ascii("fLaC")),
            new Signature("application/ogg", 0, ascii("OggS")),
            new Signature("application/pdf", 0, ascii("%PDF")),
            new Signature("application/postscript", 0, ascii("%!PS")),
            new Signature("application/zip", 0, "504B0304"),
            new Signature("application/gzip", 0, "1F8B"));

    /** Brands of the ISO base media file format (ISO/IEC 14496-12) and of QuickTime. */
    private static final Map<String, String> BRANDS = Map.ofEntries(
            Map.entry("heic", HEIC),
            Map.entry("heix", HEIC),
            Map.entry("heim", HEIC),
            Map.entry("heis", HEIC),
            Map.entry("hevc", "image/heic-sequence"),
            Map.entry("hevx", "image/heic-sequence"),
            Map.entry("mif1", "image/heif"),
            Map.entry("msf1", "image/heif-sequence"),
            Map.entry("avif", "image/avif"),
            Map.entry("avis", "image/avif"),
            Map.entry("crx ", "image/x-canon-cr3"),
            Map.entry("qt  ", "video/quicktime"),
            Map.entry("M4A ", "audio/mp4"),
            Map.entry("M4B ", "audio/mp4"));

    private static final Set<String> QUICKTIME_ATOMS = Set.of("moov", "mdat", "wide", "free", "skip", "pnot");

    private MediaTypes() {}

    /**
     * @return an IANA media type, or {@code image/x-…} as is usual for the raw formats of cameras; {@code text/plain} for
     *     what reads as UTF-8 text and {@link #UNKNOWN} for everything else, an empty file too
     * @throws UncheckedIOException when the file can't be read
     */
    public static String of(Path file) {
        try (FileChannel channel = FileChannel.open(file)) {
            ByteBuffer head = ByteBuffer.allocate(HEAD);
            while (head.hasRemaining() && channel.read(head, head.position()) > 0) {}
            byte[] start = new byte[head.flip().remaining()];
            head.get(start);
            return TiffFlavour.of(start, channel).orElseGet(() -> of(start, channel.isOpen() ? size(channel) : 0));
        } catch (IOException e) {
            throw new UncheckedIOException("reading the first bytes of " + file + " failed", e);
        }
    }

    /** Whether a name promises a picture or a film, so that other content under it means damage. */
    static boolean promisesMedia(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        int dot = lower.lastIndexOf('.');
        return dot >= 0
                && Set.of(
                                "jpg", "jpeg", "png", "webp", "gif", "tif", "tiff", "bmp", "avif", "heic", "heif",
                                "hif", "mp4", "mov", "m4v", "mkv", "webm", "3gp", "avi", "mts", "cr2", "cr3", "nef",
                                "arw", "dng", "raf", "orf", "rw2")
                        .contains(lower.substring(dot + 1));
    }

    private static String of(byte[] head, long size) {
        for (Signature signature : SIGNATURES) {
            if (signature.matches(head)) {
                return signature.type;
            }
        }
        if (isAt(head, 4, "ftyp")) {
            return isoMedia(head);
        }
        if (head.length >= 8 && QUICKTIME_ATOMS.contains(text(head, 4, 4))) {
            return "video/quicktime";
        }
        if (isAt(head, 0, "RIFF")) {
            return riff(head);
        }
        if (head.length >= 4 && (head[0] & 0xFF) == 0x1A && (head[1] & 0xFF) == 0x45 && (head[2] & 0xFF) == 0xDF) {
            return text(head, 0, Math.min(head.length, 64)).contains("webm") ? "video/webm" : "video/x-matroska";
        }
        if (isTransportStream(head, 188, 0) || isTransportStream(head, 192, 4)) {
            return "video/mp2t";
        }
        return isBitmap(head, size) ? "image/bmp" : textual(head);
    }

    private static String isoMedia(byte[] head) {
        String major = text(head, 8, 4);
        String known = BRANDS.get(major);
        if (known != null && !known.equals("image/heif")) {
            return known;
        }
        int end = (int) Math.min(head.length, ByteBuffer.wrap(head).getInt() & 0xFFFFFFFFL);
        for (int at = 16; at + 4 <= end; at += 4) {
            String type = BRANDS.get(text(head, at, 4));
            if (type != null && (known != null ? !type.equals("image/heif") : type.startsWith("image/"))) {
                return type;
            }
        }
        if (known != null) {
            return known;
        }
        return major.startsWith("3g") ? "video/3gpp" : "video/mp4";
    }

    private static String riff(byte[] head) {
        return switch (text(head, 8, 4)) {
            case "WEBP" -> "image/webp";
            case "AVI " -> "video/x-msvideo";
            case "WAVE" -> "audio/vnd.wave";
            default -> UNKNOWN;
        };
    }

    private static boolean isTransportStream(byte[] head, int packet, int offset) {
        for (int at = offset; at < offset + 3 * packet; at += packet) {
            if (at >= head.length || head[at] != 0x47) {
                return false;
            }
        }
        return true;
    }

    /** "BM" alone begins many a text; the sizes of the two headers must make sense too. */
    private static boolean isBitmap(byte[] head, long size) {
        if (!isAt(head, 0, "BM") || head.length < 26) {
            return false;
        }
        ByteBuffer b = ByteBuffer.wrap(head).order(java.nio.ByteOrder.LITTLE_ENDIAN);
        int pixels = b.getInt(10);
        int header = b.getInt(14);
        return header >= 12 && header <= 124 && pixels >= 14 + header && pixels <= size;
    }

    private static String textual(byte[] head) {
        if (head.length == 0) {
            return UNKNOWN;
        }
        for (byte b : head) {
            if (b >= 0 && b < 0x20 && b != '\n' && b != '\r' && b != '\t' && b != '\f') {
                return UNKNOWN;
            }
        }
        Optional<String> text = utf8(head);
        if (text.isEmpty()) {
            return UNKNOWN;
        }
        String start = text.get().stripLeading().toLowerCase(Locale.ROOT);
        if (start.startsWith("<svg") || (start.startsWith("<?xml") && start.contains("<svg"))) {
            return "image/svg+xml";
        }
        return "text/plain";
    }

    /** The head as text, when it is UTF-8; a character that the head cuts in two is forgiven. */
    private static Optional<String> utf8(byte[] head) {
        for (int cut = 0; cut < Math.min(4, head.length); cut++) {
            try {
                return Optional.of(StandardCharsets.UTF_8
                        .newDecoder()
                        .onMalformedInput(CodingErrorAction.REPORT)
                        .decode(ByteBuffer.wrap(head, 0, head.length - cut))
                        .toString());
            } catch (CharacterCodingException e) {
                if (head.length < HEAD) {
                    return Optional.empty();
                }
            }
        }
        return Optional.empty();
    }

    private static long size(FileChannel channel) {
        try {
            return channel.size();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isAt(byte[] head, int offset, String ascii) {
        return text(head, offset, ascii.length()).equals(ascii);
    }

    private static String text(byte[] head, int offset, int length) {
        return offset + length > head.length ? "" : new String(head, offset, length, StandardCharsets.ISO_8859_1);
    }

    private static String ascii(String text) {
        return java.util.HexFormat.of().formatHex(text.getBytes(StandardCharsets.US_ASCII));
    }

    private record Signature(String type, int offset, byte[] magic) {
        Signature(String type, int offset, String hex) {
            this(type, offset, java.util.HexFormat.of().parseHex(hex));
        }

        boolean matches(byte[] head) {
            return head.length >= offset + magic.length
                    && java.util.Arrays.equals(head, offset, offset + magic.length, magic, 0, magic.length);
        }
    }
}
