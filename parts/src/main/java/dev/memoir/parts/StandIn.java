package dev.memoir.parts;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes an empty ELF shared library. A program that is linked to a library which it never calls, as a video converter is
 * to sound servers, then starts on machines without it: functions are bound at their first call, but the file and the
 * versions it defines are looked for at the start. Layout by the System V ABI, versions by the Linux Standard Base
 * ("Symbol Versioning").
 */
final class StandIn {
    private static final int HEADER = 64;
    private static final int PROGRAM_HEADER = 56;
    private static final int SYMBOL = 24;
    private static final int VERSION_DEFINITION = 20;
    private static final int VERSION_NAME = 8;
    private static final short SHARED_OBJECT = 3;
    private static final int LOAD = 1;
    private static final int DYNAMIC = 2;
    private static final int READ_WRITE = 6;
    private static final long PAGE = 0x10000;

    private StandIn() {}

    /** @param versions what {@code readelf --version-info} of the program says it needs of this library */
    static byte[] library(Platform platform, String name, List<String> versions) {
        List<String> names = new ArrayList<>(List.of(name));
        names.addAll(versions);
        Strings strings = new Strings(names);
        boolean versioned = !versions.isEmpty();

        int symbols = HEADER + 2 * PROGRAM_HEADER;
        int hash = symbols + SYMBOL;
        int symbolVersions = hash + 16;
        int definitions = symbolVersions + 8;
        int definitionsSize = versioned ? names.size() * (VERSION_DEFINITION + VERSION_NAME) : 0;
        int dynamic = aligned(definitions + definitionsSize);
        int entries = versioned ? 10 : 7;
        int table = dynamic + entries * 16;
        int size = table + strings.bytes.length;

        ByteBuffer file = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
        header(file, platform);
        programHeader(file, LOAD, 0, size, PAGE);
        programHeader(file, DYNAMIC, dynamic, entries * 16L, 8);
        // One symbol, the null one; a hash table of one empty bucket.
        file.position(hash).putInt(1).putInt(1).putInt(0).putInt(0);
        if (versioned) {
            versionDefinitions(file.position(definitions), names, strings);
        }
        file.position(dynamic);
        entry(file, 14, strings.offsets.getFirst()); // SONAME
        entry(file, 4, hash);
        entry(file, 5, table); // STRTAB
        entry(file, 10, strings.bytes.length);
        entry(file, 6, symbols); // SYMTAB
        entry(file, 11, SYMBOL);
        if (versioned) {
            entry(file, 0x6ffffff0L, symbolVersions);
            entry(file, 0x6ffffffcL, definitions);
            entry(file, 0x6ffffffdL, names.size());
        }
        entry(file, 0, 0);
        return file.put(strings.bytes).array();
    }

    private static void header(ByteBuffer file, Platform platform) {
        file.put(new byte[] {0x7f, 'E', 'L', 'F', 2, 1, 1, 0}).position(16);
        file.putShort(SHARED_OBJECT);
        file.putShort((short) (platform == Platform.LINUX_ARM64 ? 183 : 62));
        file.putInt(1).putLong(0).putLong(HEADER).putLong(0).putInt(0);
        file.putShort((short) HEADER).putShort((short) PROGRAM_HEADER).putShort((short) 2);
        file.putShort((short) 64).putShort((short) 0).putShort((short) 0);
    }

    /** The loader adds its base to addresses inside the dynamic section, so that must be writable. */
    private static void programHeader(ByteBuffer file, int type, long offset, long size, long alignment) {
        file.putInt(type).putInt(READ_WRITE).putLong(offset).putLong(offset).putLong(offset);
        file.putLong(size).putLong(size).putLong(alignment);
    }

    /** The library itself comes first, as the base definition. */
    private static void versionDefinitions(ByteBuffer file, List<String> names, Strings strings) {
        for (int i = 0; i < names.size(); i++) {
            boolean last = i == names.size() - 1;
            file.putShort((short) 1)
                    .putShort((short) (i == 0 ? 1 : 0))
                    .putShort((short) (i + 1))
                    .putShort((short) 1);
            file.putInt(elfHash(names.get(i))).putInt(VERSION_DEFINITION);
            file.putInt(last ? 0 : VERSION_DEFINITION + VERSION_NAME);
            file.putInt(strings.offsets.get(i)).putInt(0);
        }
    }

    private static void entry(ByteBuffer file, long tag, long value) {
        file.putLong(tag).putLong(value);
    }

    /** The ABI's hash of a symbol's name. */
    static int elfHash(String name) {
        long hash = 0;
        for (byte character : name.getBytes(StandardCharsets.US_ASCII)) {
            hash = (hash << 4) + character;
            long high = hash & 0xf0000000L;
            hash = (hash ^ (high >>> 24)) & ~high;
        }
        return (int) hash;
    }

    private static int aligned(int offset) {
        return (offset + 7) & ~7;
    }

    /** A string table: a zero byte, then each name ended by one. */
    private static final class Strings {
        private final List<Integer> offsets = new ArrayList<>();
        private final byte[] bytes;

        Strings(List<String> names) {
            ByteArrayOutputStream table = new ByteArrayOutputStream();
            table.write(0);
            for (String name : names) {
                offsets.add(table.size());
                table.writeBytes(name.getBytes(StandardCharsets.US_ASCII));
                table.write(0);
            }
            bytes = table.toByteArray();
        }
    }
}
