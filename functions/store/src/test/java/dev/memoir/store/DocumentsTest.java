package dev.memoir.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.memoir.store.Documents.Document;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** On a real versitygw, or MinIO with {@code -Dmemoir.test.store=minio}: both honour the conditions of writes. */
class DocumentsTest {
    private static RealStore real;
    private static MediaStore store;
    private static Documents documents;

    @BeforeAll
    static void open() {
        real = new RealStore();
        store = MediaStore.open(real.config());
        store.buckets().ensure("originals", true);
        documents = store.documents();
    }

    @AfterAll
    static void close() {
        store.close();
        real.close();
    }

    @Test
    void ofTwoWhoCreateADocumentTheSecondIsToldAndTheFirstStays() {
        assertTrue(documents.create(".memoir/test/a.json", bytes("first")));
        assertFalse(documents.create(".memoir/test/a.json", bytes("second")));

        assertEquals("first", text(documents.read(".memoir/test/a.json").orElseThrow()));
        assertEquals(
                List.of(".memoir/test/a.json"), documents.list(".memoir/test/a").toList());
    }

    @Test
    void whatWasReadBeforeSomebodyElseWroteCannotBeWrittenBack() {
        documents.create(".memoir/test/b.json", bytes("1"));
        Document mine = documents.read(".memoir/test/b.json").orElseThrow();
        assertTrue(documents.replace(mine, bytes("2")));

        assertFalse(documents.replace(mine, bytes("3")));

        assertEquals("2", text(documents.read(".memoir/test/b.json").orElseThrow()));
    }

    @Test
    void whatIsNotThereIsNeitherReadNorReplaced() {
        assertEquals(Optional.empty(), documents.read(".memoir/test/none.json"));
        assertFalse(documents.replace(new Document(".memoir/test/none.json", bytes("x"), "0".repeat(32)), bytes("y")));
    }

    @Test
    void ofManyWhoCountTogetherNoCountIsLost() throws Exception {
        String key = ".memoir/test/count.json";
        documents.create(key, bytes("0"));
        Callable<Void> counting = () -> {
            for (int counted = 0; counted < 5; ) {
                Document now = documents.read(key).orElseThrow();
                if (documents.replace(now, bytes(Integer.toString(Integer.parseInt(text(now)) + 1)))) {
                    counted++;
                }
            }
            return null;
        };
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Void>> all = IntStream.range(0, 6)
                    .mapToObj(i -> threads.submit(counting))
                    .toList();
            for (Future<Void> one : all) {
                one.get();
            }
        }
        assertEquals("30", text(documents.read(key).orElseThrow()));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(Document document) {
        return new String(document.content(), StandardCharsets.UTF_8);
    }
}
