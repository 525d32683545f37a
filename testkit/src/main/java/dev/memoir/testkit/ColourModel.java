package dev.memoir.testkit;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A model that compares pictures with words, as {@code models/words.py} leaves one, and so small that it is made for a test: a
 * picture's direction is its mean colour, and it knows the words of some colours.
 */
public final class ColourModel {
    public static final String NAME = "colours";
    public static final String VERSION = "1";

    private static final int SIDE = 8;
    private static final int SIZE = 4;

    /** So that gray has a direction, too. */
    private static final float BIAS = 0.25f;

    private static final long OPSET = 13;
    private static final int FLOAT = 1;
    private static final int INT64 = 7;

    /** Red, green and blue, -1 to 1. */
    private record Word(String text, float red, float green, float blue) {}

    private static final List<Word> WORDS = List.of(
            new Word("[UNK]", 0, 0, 0),
            new Word("red", 1, -1, -1),
            new Word("green", -1, 1, -1),
            new Word("blue", -1, -1, 1),
            new Word("yellow", 1, 1, -1),
            new Word("white", 1, 1, 1),
            new Word("black", -1, -1, -1));

    private ColourModel() {}

    /** Writes the files as they lie below {@code models/} in the bucket, {@code words.json} among them. */
    public static void write(Path folder) {
        try {
            Path own = Files.createDirectories(folder.resolve(NAME).resolve(VERSION));
            Files.write(own.resolve("pictures.onnx"), pictures());
            Files.write(own.resolve("words.onnx"), words());
            Files.writeString(own.resolve("tokenizer.json"), tokenizer());
            Files.writeString(own.resolve("LICENSE.txt"), "Made for a test.\n");
            Files.writeString(folder.resolve("words.json"), catalogue(own));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String catalogue(Path own) throws IOException {
        return """
                {
                  "packages": [],
                  "current": { "words": "%s/%s" },
                  "models": [{
                    "name": "%1$s", "version": "%2$s", "task": "words",
                    "weights": %s,
                    "licence": { "id": "CC0-1.0", "holder": "nobody", "text": %s },
                    "preparation": {
                      "input": "pixel_values", "layout": "NCHW",
                      "steps": [{ "step": "resize", "width": %d, "height": %d, "filter": "bilinear" }],
                      "channels": "RGB", "mean": [127.5, 127.5, 127.5], "divisor": [127.5]
                    },
                    "output": {
                      "kind": "meaning", "name": "image_embeds", "size": %d,
                      "words": {
                        "weights": %s, "input": "input_ids", "mask": "", "name": "text_embeds",
                        "tokenizer": %s, "length": 0, "filler": 0, "lower": true
                      }
                    }
                  }]
                }
                """.formatted(
                        NAME,
                        VERSION,
                        file(own, "pictures.onnx"),
                        file(own, "LICENSE.txt"),
                        SIDE,
                        SIDE,
                        SIZE,
                        file(own, "words.onnx"),
                        file(own, "tokenizer.json"));
    }

    private static String file(Path folder, String name) throws IOException {
        byte[] content = Files.readAllBytes(folder.resolve(name));
        try {
            String sha256 = HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(content));
            return "{ \"file\": \"%s\", \"sha256\": \"%s\", \"size\": %d }".formatted(name, sha256, content.length);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static String tokenizer() {
        String vocabulary = IntStream.range(0, WORDS.size())
                .mapToObj(i -> "\"" + WORDS.get(i).text() + "\": " + i)
                .collect(Collectors.joining(", "));
        return """
                {
                  "version": "1.0", "truncation": null, "padding": null, "added_tokens": [],
                  "normalizer": null, "pre_tokenizer": { "type": "Whitespace" },
                  "post_processor": null, "decoder": null,
                  "model": { "type": "WordLevel", "vocab": { %s }, "unk_token": "[UNK]" }
                }
                """.formatted(vocabulary);
    }

    /** The mean of each colour, and the bias. */
    private static byte[] pictures() {
        float[] weights = new float[3 * SIZE];
        for (int colour = 0; colour < 3; colour++) {
            weights[colour * SIZE + colour] = 1;
        }
        Message graph = new Message()
                .message(1, node("GlobalAveragePool", "means", "pixel_values"))
                .message(1, node("Flatten", "colours", "means"))
                .message(1, node("Gemm", "image_embeds", "colours", "weights", "bias"))
                .text(2, "pictures")
                .message(5, tensor("weights", weights, 3, SIZE))
                .message(5, tensor("bias", new float[] {0, 0, 0, BIAS}, SIZE))
                .message(11, value("pixel_values", FLOAT, "n", 3, SIDE, SIDE))
                .message(12, value("image_embeds", FLOAT, "n", SIZE));
        return model(graph);
    }

    /** The mean of the words' colours, with the same bias. */
    private static byte[] words() {
        float[] table = new float[WORDS.size() * SIZE];
        for (int i = 0; i < WORDS.size(); i++) {
            Word word = WORDS.get(i);
            System.arraycopy(new float[] {word.red(), word.green(), word.blue(), BIAS}, 0, table, i * SIZE, SIZE);
        }
        Message axes = new Message().text(1, "axes").number(8, 1).number(20, 7);
        Message keep = new Message().text(1, "keepdims").number(3, 0).number(20, 2);
        Message graph = new Message()
                .message(1, node("Gather", "each", "table", "input_ids"))
                .message(
                        1,
                        node("ReduceMean", "text_embeds", "each")
                                .message(5, axes)
                                .message(5, keep))
                .text(2, "words")
                .message(5, tensor("table", table, WORDS.size(), SIZE))
                .message(11, value("input_ids", INT64, "n", "length"))
                .message(12, value("text_embeds", FLOAT, "n", SIZE));
        return model(graph);
    }

    private static byte[] model(Message graph) {
        Message opset = new Message().text(1, "").number(2, OPSET);
        return new Message().number(1, 8).message(7, graph).message(8, opset).bytes();
    }

    private static Message node(String operation, String output, String... inputs) {
        Message node = new Message();
        for (String input : inputs) {
            node.text(1, input);
        }
        return node.text(2, output).text(4, operation);
    }

    private static Message tensor(String name, float[] values, long... shape) {
        ByteBuffer raw = ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        raw.asFloatBuffer().put(values);
        Message tensor = new Message();
        for (long dimension : shape) {
            tensor.number(1, dimension);
        }
        return tensor.number(2, FLOAT).text(8, name).bytes(9, raw.array());
    }

    /** @param shape numbers, and names of those that vary */
    private static Message value(String name, int type, Object... shape) {
        Message dimensions = new Message();
        for (Object dimension : shape) {
            dimensions.message(
                    1,
                    dimension instanceof Integer fixed
                            ? new Message().number(1, fixed)
                            : new Message().text(2, (String) dimension));
        }
        Message tensor = new Message().number(1, type).message(2, dimensions);
        return new Message().text(1, name).message(2, new Message().message(1, tensor));
    }

    /** A message in Protocol Buffers' wire format, in which ONNX writes models. */
    private static final class Message {
        private final ByteArrayOutputStream out = new ByteArrayOutputStream();

        private void varint(long value) {
            long rest = value;
            while ((rest & ~0x7FL) != 0) {
                out.write((int) (rest & 0x7F | 0x80));
                rest >>>= 7;
            }
            out.write((int) rest);
        }

        private Message number(int field, long value) {
            varint((long) field << 3);
            varint(value);
            return this;
        }

        private Message bytes(int field, byte[] value) {
            varint((long) field << 3 | 2);
            varint(value.length);
            out.writeBytes(value);
            return this;
        }

        private Message text(int field, String value) {
            return bytes(field, value.getBytes(StandardCharsets.UTF_8));
        }

        private Message message(int field, Message value) {
            return bytes(field, value.bytes());
        }

        private byte[] bytes() {
            return out.toByteArray();
        }
    }
}
