package dev.memoir.ai.cloud;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.memoir.models.VisionProvider;
import dev.memoir.store.Documents;
import dev.memoir.store.MediaStore;
import dev.memoir.store.StoreConfig;
import dev.memoir.testkit.TestStore;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What is sent in a month, counted in a real store by several who know nothing of each other. */
class BudgetTest {
    private static final Answer SEEN = new Answer.Seen(List.of(), List.of(), OptionalDouble.empty());
    private static final Answer BUSY = new Answer.Later("slower", false);
    private static final Answer BUSY_HALFWAY = new Answer.Later("slower", true);

    private static TestStore server;
    private static MediaStore store;

    @BeforeAll
    static void open() {
        server = TestStore.start();
        store = MediaStore.open(new StoreConfig(
                server.endpoint(),
                server.endpoint(),
                server.region(),
                server.accessKey(),
                server.secretKey(),
                "originals",
                "derived"));
        store.buckets().ensure("originals", true);
    }

    @AfterAll
    static void close() {
        store.close();
        server.close();
    }

    private static Clock at(String instant) {
        return Clock.fixed(Instant.parse(instant), ZoneOffset.UTC);
    }

    private static Budget budget(String service, long most) {
        return new Budget(store.documents(), service, most, at("2026-11-28T12:00:00Z"));
    }

    private static String counted(String service, String month) {
        return store.documents()
                .read(Budget.key(service, YearMonth.parse(month)))
                .map(document -> new String(document.content(), StandardCharsets.UTF_8))
                .orElse("");
    }

    @Test
    void severalFunctionsTogetherNeverSendMoreThanAMonthsPicturesAndTheNextMonthBeginsAnew() throws Exception {
        List<Callable<Boolean>> all = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            all.add(() -> budget("together", 7).take());
        }
        int taken = 0;
        try (var threads = Executors.newFixedThreadPool(4)) {
            for (Future<Boolean> one : threads.invokeAll(all)) {
                taken += one.get() ? 1 : 0;
            }
        }
        assertEquals(7, taken);
        assertTrue(counted("together", "2026-11").contains("\"pictures\":7"));
        assertFalse(budget("together", 7).take());
        assertTrue(new Budget(store.documents(), "together", 7, at("2026-12-01T00:00:00Z")).take());
    }

    @Test
    void aCountThatNobodyCanReadCountsAsUsedUp() {
        Documents documents = store.documents();
        for (String nonsense : List.of("", "{", "{\"pictures\":-5}", "{\"pictures\":\"none\"}")) {
            String service = "nonsense" + nonsense.length();
            documents.create(
                    Budget.key(service, YearMonth.parse("2026-11")), nonsense.getBytes(StandardCharsets.UTF_8));
            assertFalse(budget(service, 100).take(), nonsense);
        }
    }

    private static CloudVision cloud(Budget budget, List<Duration> slept, Answer... answers) {
        Deque<Answer> next = new ArrayDeque<>(List.of(answers));
        return new CloudVision(
                VisionProvider.GOOGLE, jpeg -> next.removeFirst(), budget, Duration.ZERO, true, slept::add);
    }

    @Test
    void aBusyServiceIsAskedAgainAFewTimesAndWhatItDidNotDoIsNotCounted() {
        List<Duration> slept = new ArrayList<>();
        assertEquals(SEEN, cloud(budget("busy", 5), slept, BUSY, SEEN).look(new byte[0]));
        assertEquals(List.of(Duration.ofSeconds(1)), slept);
        assertTrue(counted("busy", "2026-11").contains("\"pictures\":1"));

        assertEquals(BUSY, cloud(budget("busy", 5), slept, BUSY, BUSY, BUSY).look(new byte[0]));
        assertTrue(counted("busy", "2026-11").contains("\"pictures\":1"), "given back");
    }

    @Test
    void whatIsChargedWithoutAnAnswerCountsAndTheBudgetHoldsWhileAskingAgain() {
        assertInstanceOf(
                Answer.Spent.class,
                cloud(budget("halfway", 2), new ArrayList<>(), BUSY_HALFWAY, BUSY_HALFWAY)
                        .look(new byte[0]));
        assertTrue(counted("halfway", "2026-11").contains("\"pictures\":2"));
    }

    @Test
    void withoutABudgetNothingIsSent() {
        assertInstanceOf(
                Answer.Spent.class, cloud(budget("none", 0), new ArrayList<>()).look(new byte[0]));
    }

    @Test
    void picturesAreSentNoFasterThanIsSet() {
        List<Duration> slept = new ArrayList<>();
        var cloud = new CloudVision(
                VisionProvider.GOOGLE, jpeg -> SEEN, budget("pace", 100), Duration.ofMinutes(1), true, slept::add);
        for (int i = 0; i < 3; i++) {
            cloud.look(new byte[0]);
        }
        assertEquals(2, slept.size());
        assertTrue(slept.get(0).compareTo(Duration.ofSeconds(30)) > 0, "about a minute after the first");
        assertTrue(slept.get(1).compareTo(slept.get(0)) > 0, "and the third a minute after the second");
    }
}
