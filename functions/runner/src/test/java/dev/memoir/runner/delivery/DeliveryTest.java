package dev.memoir.runner.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.protobuf.ByteString;
import dev.memoir.events.Lane;
import dev.memoir.runner.fake.Collector;
import dev.memoir.runner.fake.House;
import dev.memoir.testkit.Await;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeliveryTest {
    @TempDir
    Path folder;

    private House house;

    @BeforeEach
    void prepare() throws Exception {
        house = House.in(folder);
    }

    @AfterEach
    void stop() {
        house.close();
    }

    @Test
    void aPhotoGoesFromTheStoreThroughThePostprocessorToTheAi() throws Exception {
        house.start("--idle", "2");

        house.storeSays("ObjectCreated:Put", "originals", "2026/a b.jpg");

        Await.until("the AI has it", () -> handled("ai", "asset-of-").size() == 2);
        String asked =
                handled("postprocessor", "com.amazonaws.s3.ObjectCreated:Put").getFirst();
        assertTrue(asked.contains("2026/a%20b.jpg"), asked);
        String trace = asked.substring(asked.lastIndexOf(' ') + 1);
        assertTrue(trace.matches("00-[0-9a-f]{32}-[0-9a-f]{16}-01"), trace);
        assertTrue(handled("ai", "dev.memoir.asset.previewed").getFirst().endsWith(trace), "one trace through both");
        Await.until("nothing waits any more", () -> queued() == 0);
        Await.until(
                "both sleep again",
                () -> house.state("ai").equals("asleep")
                        && house.state("postprocessor").equals("asleep"));
        Await.until(
                "the database sleeps too",
                () -> house.status().path("database").path("state").asText().equals("asleep"));
        assertEquals(0, house.status().path("dead").asInt());
    }

    @Test
    void theWayOfAPhotoIsOneTraceThatTellsNothingOfIt() throws Exception {
        try (Collector collector = Collector.open()) {
            house.start("--set", "traces=" + collector.address());

            house.storeSays("ObjectCreated:Put", "originals", "2026/anna.jpg");

            Await.until("it is told to the end", () -> collector.spans().size() == 5);
            Map<String, Span> spans =
                    collector.spans().stream().collect(Collectors.toMap(Span::getName, Function.identity()));
            Map<ByteString, String> names =
                    spans.values().stream().collect(Collectors.toMap(Span::getSpanId, Span::getName));
            Map<String, String> parents = new TreeMap<>();
            spans.forEach((name, span) -> parents.put(name, names.getOrDefault(span.getParentSpanId(), "")));
            assertEquals(
                    Map.of(
                            "notice", "",
                            "deliver postprocessor", "notice",
                            "POST postprocessor", "deliver postprocessor",
                            "deliver ai", "deliver postprocessor",
                            "POST ai", "deliver ai"),
                    parents);
            String trace =
                    HexFormat.of().formatHex(spans.get("notice").getTraceId().toByteArray());
            String request =
                    HexFormat.of().formatHex(spans.get("POST ai").getSpanId().toByteArray());
            String asked = handled("ai", "dev.memoir.asset.previewed").getFirst();
            assertTrue(asked.endsWith("00-" + trace + "-" + request + "-01"), asked);
            assertFalse(spans.toString().contains("anna"), spans::toString);
        }
    }

    @Test
    void whatAnotherProgramPutBesideAPhotoIsLookedAt() throws Exception {
        house.start();

        house.storeSays("ObjectCreated:Put", "originals", "2026/a.jpg.xmp");

        Await.until(
                "the postprocessor has it",
                () -> !handled("postprocessor", "2026/a.jpg.xmp").isEmpty());
    }

    @Test
    void whatMemoirWroteItselfIsDroppedBeforeAnythingWakes() throws Exception {
        house.start();

        house.storeSays("ObjectCreated:Put", "derived", "renditions/aa/x/preview.jpg");
        house.storeSays("ObjectCreated:Put", "originals", ".memoir/people.json");
        house.storeSays("ObjectCreated:Put", "originals", "users/bob/../anna/x.jpg");
        house.storeSays("ObjectCreated:Put", "originals", "2026/a.jpg.part");
        house.storeSays("ObjectRemoved:Delete", "elsewhere", "2026/a.jpg");

        Await.until("all are looked at", () -> queued() == 0);
        assertEquals("asleep", house.state("postprocessor"));
        assertEquals(0, house.starts("postprocessor"));
    }

    @Test
    void aNotificationThatNobodyUnderstandsBecomesADeadLetter() throws Exception {
        house.start();

        house.publishRaw("{\"what\":\"is this\"}");

        Await.until("it is a dead letter", () -> dead() == 1);
        JsonNode letter = house.admin("GET", "/dead").get(0);
        assertEquals("store", letter.path("function").asText());
        assertEquals(0, letter.path("attempts").asInt());
        assertTrue(letter.path("reason").asText().contains("no known store"), letter.toString());
        assertEquals(0, queued());
        JsonNode dropped =
                house.admin("POST", "/dead/drop?id=" + letter.path("id").asText());
        assertEquals(1, dropped.path("count").asInt());
        assertEquals(0, dead());
    }

    @Test
    void afterItsLastAttemptAnEventIsADeadLetterThatCanBeReplayed() throws Exception {
        house.start("--set", "retry.attempts=3");

        house.storeSays("ObjectCreated:Put", "originals", "2026/fail.jpg");

        Await.until("it is a dead letter", () -> dead() == 1);
        assertEquals(3, asked("postprocessor", "2026/fail.jpg"));
        JsonNode letter = house.admin("GET", "/dead").get(0);
        assertEquals("postprocessor", letter.path("function").asText());
        assertEquals(3, letter.path("attempts").asInt());
        assertEquals("2026/fail.jpg", letter.path("subject").asText());
        assertEquals(
                "status 500: the disk of postprocessor is full",
                letter.path("reason").asText());
        assertEquals(0, queued());

        house.flag("mended", true);
        assertEquals(1, house.admin("POST", "/dead/replay").path("count").asInt());

        Await.until("the AI has it", () -> asked("ai", "asset-of-2026/fail.jpg") == 1);
        assertEquals(0, dead());
    }

    @Test
    void anEventThatKillsItsFunctionCountsAndTheNextOneIsServed() throws Exception {
        house.start("--set", "retry.attempts=2");

        house.storeSays("ObjectCreated:Put", "originals", "2026/crash.jpg");

        Await.until("it is a dead letter", () -> dead() == 1);
        assertEquals(2, house.starts("postprocessor"), "each attempt cost a process");
        String reason = house.admin("GET", "/dead").get(0).path("reason").asText();
        assertTrue(reason.contains("postprocessor ended with status 9"), reason);
        house.storeSays("ObjectCreated:Put", "originals", "2026/good.jpg");
        Await.until(
                "the good one is through",
                () -> !handled("postprocessor", "done 2026/good.jpg").isEmpty());
    }

    @Test
    void aFunctionThatCannotBeStartedIsADelayThatNobodyCounts() throws Exception {
        house.flag("broken-postprocessor", true);
        house.start("--set", "retry.attempts=1");

        house.storeSays("ObjectCreated:Put", "originals", "2026/a.jpg");

        Await.until("several starts were tried", () -> house.starts("postprocessor") >= 3);
        Await.until("it is said why", () -> problem("postprocessor").contains("I am broken"));
        assertEquals(0, dead());
        house.flag("broken-postprocessor", false);
        Await.until(
                "it is through",
                () -> !handled("postprocessor", "done 2026/a.jpg").isEmpty());
        Await.until(
                "the problem is forgotten",
                () -> house.status().path("problems").isEmpty());
    }

    @Test
    void aFunctionThatDoesNotKnowAnEventIsAProblemAndNotADeadLetter() throws Exception {
        house.start("--set", "retry.attempts=1");

        house.storeSays("ObjectCreated:Put", "originals", "2026/unknown.jpg");

        Await.until("it is said", () -> problem("postprocessor").contains("404"));
        assertEquals(0, dead());
        assertEquals(1, queued());
        assertEquals(1, asked("postprocessor", "2026/unknown.jpg"));
    }

    @Test
    void newWorkGoesBeforeOldWork() throws Exception {
        house.start("--set", "postprocessor.concurrency=1", "--set", "ai.ahead=off");
        for (int i = 0; i < 4; i++) {
            house.publish(Lane.BACKFILL, "old/slow-" + i + ".jpg");
        }
        Await.until(
                "old work is under way", () -> !handled("postprocessor", "old/").isEmpty());

        house.storeSays("ObjectCreated:Put", "originals", "new/slow-a.jpg");
        house.storeSays("ObjectCreated:Put", "originals", "new/slow-b.jpg");

        Await.until("all is done", () -> handled("postprocessor", "done ").size() == 6);
        List<String> order = handled("postprocessor", "done ").stream()
                .map(line -> line.substring("done ".length(), "done ".length() + 3))
                .toList();
        assertTrue(order.lastIndexOf("new") <= 3, "only what was under way or a moment old came first: " + order);
        assertEquals(4, order.stream().filter("old"::equals).count());
    }

    @Test
    void workGoesOnWhenTheQueueWasKilled() throws Exception {
        house.start();
        long pid = house.memoir().machine().queue().pid();

        ProcessHandle.of(pid).orElseThrow().destroyForcibly();

        Await.until("another queue runs", () -> {
            long now = house.memoir().machine().queue().pid();
            return now != 0 && now != pid;
        });
        Await.until("the store's word arrives", () -> {
            house.storeSays("ObjectCreated:Put", "originals", "2026/after.jpg");
            return true;
        });
        Await.until(
                "it is through",
                () -> !handled("postprocessor", "done 2026/after.jpg").isEmpty());
        Await.until(
                "a sweep was made for what went unsaid",
                () -> house.journal("custodian").stream()
                                .filter("sweep"::equals)
                                .count()
                        >= 2);
    }

    private List<String> handled(String function, String what) throws IOException {
        return house.journal(function).stream()
                .filter(line -> line.contains(what))
                .toList();
    }

    /** How often a function was given an event of that subject. */
    private long asked(String function, String subject) throws IOException {
        return handled(function, " " + subject + " ").size();
    }

    private int dead() throws Exception {
        return house.status().path("dead").asInt(-1);
    }

    private String problem(String about) throws Exception {
        return house.status().path("problems").path(about).asText();
    }

    private long queued() throws Exception {
        JsonNode queue = house.status().path("queue");
        long sum = queue.path("store").asLong();
        for (String lane : List.of("new", "backfill")) {
            sum += queue.path(lane).path("object").asLong()
                    + queue.path(lane).path("previewed").asLong();
        }
        return sum;
    }
}
