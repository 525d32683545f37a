package dev.memoir.imaging;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MediaTypesTest {
    @TempDir
    Path folder;

    private String type(byte[] content) throws IOException {
        return MediaTypes.of(Files.write(folder.resolve("holiday.jpg"), content));
    }

    @ParameterizedTest
    @CsvSource({
        "image/jpeg, FFD8FFE000104A46494600",
        "image/png, 89504E470D0A1A0A0000000D49484452",
        "image/gif, 474946383961",
        "image/webp, 524946460000000057454250",
        "video/x-msvideo, 524946460000000041564920",
        "image/jxl, FF0A00",
        "image/vnd.adobe.photoshop, 384250530001",
        "image/x-fuji-raf, 46554A4946494C4D4343442D52415720",
        "image/x-olympus-orf, 4949524F08000000",
        "image/x-panasonic-rw2, 4949550018000000",
        "image/x-canon-cr2, 49492A001000000043520200",
        "image/heic, 00000018667479706865696300000000",
        "image/heic, 0000001C667479706D6966310000000068656963686569780000",
        "image/avif, 00000018667479706176696600000000",
        "image/avif, 0000001C667479706D69663100000000617669666D6961660000",
        "image/x-canon-cr3, 00000018667479706372782000000001",
        "video/quicktime, 00000014667479707174202000000000",
        "video/quicktime, 000000086D6F6F7600000000",
        "video/mp4, 0000001C6674797069736F6D00000200",
        "video/3gpp, 0000001C667479703367703500000200",
        "audio/mp4, 0000001C667479704D34412000000200",
        "video/x-matroska, 1A45DFA3A3428288 6D6174726F736B61",
        "video/webm, 1A45DFA39F4286810142827765626D",
        "application/pdf, 255044462D312E37",
        "application/zip, 504B030414000000",
        "application/octet-stream, 0001020304",
        "application/octet-stream, 00000000000000000000000000000000"
    })
    void theFirstBytesTell(String expected, String hex) throws IOException {
        assertEquals(expected, type(HexFormat.of().parseHex(hex.replace(" ", ""))));
    }

    @Test
    void threePacketsMakeATransportStream() throws IOException {
        byte[] stream = new byte[600];
        stream[0] = stream[188] = stream[376] = 0x47;
        assertEquals("video/mp2t", type(stream));
        byte[] withTimeCodes = new byte[600];
        withTimeCodes[4] = withTimeCodes[196] = withTimeCodes[388] = 0x47;
        assertEquals("video/mp2t", type(withTimeCodes));
    }

    @Test
    void textNamedLikeAPhotoIsText() throws IOException {
        assertEquals("text/plain", type("BM? No, grüße.\n".getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void textThatTheFirstBlockCutsInACharacterIsText() throws IOException {
        assertEquals("text/plain", type(("x" + "ü".repeat(5000)).getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void svgIsTold() throws IOException {
        assertEquals("image/svg+xml", type("<?xml version='1.0'?><svg/>".getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void aBitmapNeedsMoreThanItsTwoLetters() throws IOException {
        byte[] bitmap =
                Exif.encoded(new java.awt.image.BufferedImage(4, 4, java.awt.image.BufferedImage.TYPE_INT_RGB), "bmp");
        assertEquals("image/bmp", type(bitmap));
        byte[] broken = bitmap.clone();
        broken[14] = 0;
        assertEquals(MediaTypes.UNKNOWN, type(broken));
    }

    @Test
    void anEmptyFileIsOfNoKnownType() throws IOException {
        assertEquals(MediaTypes.UNKNOWN, type(new byte[0]));
    }

    @ParameterizedTest
    @CsvSource({
        "image/tiff, NIKON CORPORATION, 0, 0",
        "image/x-nikon-nef, NIKON CORPORATION, 1, 0",
        "image/x-sony-arw, SONY, 1, 0",
        "image/x-adobe-dng, Google, 1, 50706",
        "image/x-adobe-dng, SONY, 1, 50706",
        "image/tiff, Epson scanner, 1, 0"
    })
    void theRawFormatsThatAreTiffAreToldByTheirTags(String expected, String make, int subfile, int extraTag)
            throws IOException {
        ByteBuffer b = ByteBuffer.allocate(200).order(ByteOrder.LITTLE_ENDIAN);
        b.put((byte) 'I').put((byte) 'I').putShort((short) 42).putInt(8);
        b.putShort((short) 3);
        b.putShort((short) 0xFE).putShort((short) 4).putInt(1).putInt(subfile);
        b.putShort((short) 0x10F).putShort((short) 2).putInt(make.length() + 1).putInt(100);
        b.putShort((short) (extraTag == 0 ? 0x131 : extraTag))
                .putShort((short) 1)
                .putInt(4)
                .putInt(0x00000401);
        b.position(100).put(make.getBytes(StandardCharsets.US_ASCII));
        assertEquals(expected, type(b.array()));
    }

    @Test
    void aTiffWhoseTablesAreCutOffIsStillTiff() throws IOException {
        assertEquals("image/tiff", type(HexFormat.of().parseHex("4D4D002AFFFFFFF0")));
    }

    @Test
    void bigTiffIsTiff() throws IOException {
        assertEquals("image/tiff", type(HexFormat.of().parseHex("49492B00080000001000000000000000")));
        assertEquals("image/tiff", type(HexFormat.of().parseHex("4D4D002B000800000000000000000010")));
    }
}
