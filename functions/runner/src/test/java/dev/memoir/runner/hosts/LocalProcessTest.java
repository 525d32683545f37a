package dev.memoir.runner.hosts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.memoir.runner.database.Lease;
import dev.memoir.runner.fake.FakeFunction;
import dev.memoir.runner.fake.House;
import dev.memoir.runner.processes.Launch;
import dev.memoir.runner.processes.Processes;
import dev.memoir.testkit.Await;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalProcessTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    Path folder;

    private final AtomicInteger leases = new AtomicInteger();
    private final Lease lease = () -> {
        leases.incrementAndGet();
        return leases::decrementAndGet;
    };
    private final HttpClient http = HttpClient.newHttpClient();
    private Processes processes;
    private Path jar;
    private LocalProcess function;

    @BeforeEach
    void prepare() throws IOException {
        processes = new Processes(folder.resolve("logs"), folder.resolve("records"));
        jar = House.jar(folder.resolve("api/quarkus-run.jar"), FakeFunction.class);
    }

    @AfterEach
    void stop() {
        function.close(Duration.ZERO);
        assertEquals(0, leases.get(), "the database is given back");
    }

    private LocalProcess function(int concurrency, int queue, long memoryCap, Duration idle) {
        function = new LocalProcess(
                new LocalFunction(
                        "api",
                        () -> new Launch("api", Java.command(jar, 256, List.of()), Map.of(), folder),
                        true,
                        concurrency,
                        queue,
                        memoryCap,
                        PATIENCE,
                        idle,
                        Optional::empty),
                processes,
                lease);
        return function;
    }

    private LocalProcess usual() {
        return function(8, 100, 1 << 30, Duration.ofSeconds(60));
    }

    @Test
    void requestsThatComeWhileItStartsWaitForOneAndTheSameProcess() throws Exception {
        usual();

        List<CompletableFuture<FunctionHost.Place>> wanted = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            wanted.add(function.acquire(PATIENCE));
        }

        Set<URI> addresses = new HashSet<>();
        for (var place : wanted) {
            try (var got = place.get()) {
                addresses.add(got.address());
                assertEquals(200, ask(got, "{}").statusCode());
            }
        }
        assertEquals(1, addresses.size());
        assertEquals(1, starts());
        assertEquals(1, leases.get(), "the database is awake with it");
        LocalProcess.View view = function.view();
        assertEquals(LocalProcess.State.AWAKE, view.state());
        assertEquals(1, view.coldStarts());
        assertTrue(view.lastColdStartMs() > 0 && view.memoryBytes() > 1 << 20, view.toString());
    }

    @Test
    void itSleepsWhenNobodyHasAskedForAWhileAndWakesAgain() throws Exception {
        function(8, 100, 1 << 30, Duration.ofMillis(300));

        function.acquire(PATIENCE).get().close();

        Await.until("it sleeps", () -> function.view().state() == LocalProcess.State.ASLEEP);
        assertEquals(0, leases.get());
        try (var place = function.acquire(PATIENCE).get()) {
            assertEquals(200, ask(place, "{}").statusCode());
        }
        assertEquals(2, starts());
    }

    @Test
    void itDoesNotSleepDuringARequest() throws Exception {
        function(8, 100, 1 << 30, Duration.ofMillis(100));
        try (var place = function.acquire(PATIENCE).get()) {
            assertEquals(200, ask(place, "slow").statusCode());
            assertEquals(LocalProcess.State.AWAKE, function.view().state());
        }
    }

    @Test
    void noMoreRequestsThanItsPlacesAreInItAtOnce() throws Exception {
        function(1, 100, 1 << 30, Duration.ofSeconds(60));
        var first = function.acquire(PATIENCE).get();

        CompletableFuture<FunctionHost.Place> second = function.acquire(PATIENCE);

        assertThrows(java.util.concurrent.TimeoutException.class, () -> second.get(200, TimeUnit.MILLISECONDS));
        first.close();
        second.get().close();
    }

    @Test
    void whoFindsTheQueueFullOrWaitsTooLongIsTold() throws Exception {
        function(1, 1, 1 << 30, Duration.ofSeconds(60));
        var first = function.acquire(PATIENCE).get();

        CompletableFuture<FunctionHost.Place> waits = function.acquire(Duration.ofMillis(100));
        Unavailable full = unavailable(function.acquire(PATIENCE));

        assertEquals("api is busy", full.getMessage());
        assertTrue(unavailable(waits).getMessage().contains("no place within"));
        first.close();
        function.acquire(PATIENCE).get().close();
    }

    @Test
    void aCrashCostsOneProcessAndTheNextRequestGetsAnother() throws Exception {
        usual();
        try (var place = function.acquire(PATIENCE).get()) {
            assertThrows(IOException.class, () -> ask(place, "crash"));
        }
        Await.until("the crash is seen", () -> function.view().state() == LocalProcess.State.CRASHED);
        assertTrue(function.view().trouble().orElseThrow().contains("status 9"));
        assertEquals(1, starts(), "it is only started again when somebody asks");

        try (var place = function.acquire(PATIENCE).get()) {
            assertEquals(200, ask(place, "{}").statusCode());
        }
        assertEquals(2, starts());
    }

    @Test
    void aProgramThatDoesNotStartIsTriedAtGrowingPausesOnly() throws Exception {
        Files.writeString(folder.resolve("broken-api"), "");
        usual();

        Unavailable first = unavailable(function.acquire(PATIENCE));
        Unavailable second = unavailable(function.acquire(PATIENCE));

        assertTrue(first.getMessage().contains("I am broken"), first.getMessage());
        assertTrue(second.getMessage().contains("can't run now"), second.getMessage());
        assertEquals(1, starts(), "the second was not tried");
        Files.delete(folder.resolve("broken-api"));
        Await.until("it runs", () -> {
            function.acquire(PATIENCE).get().close();
            return true;
        });
        assertFalse(function.view().trouble().isPresent());
    }

    @Test
    void whatUsesTooMuchMemoryIsKilled() throws Exception {
        function(8, 100, 110 << 20, Duration.ofSeconds(60));
        try (var place = function.acquire(PATIENCE).get()) {
            assertThrows(IOException.class, () -> ask(place, "memory"));
        }
        Await.until("it is said", () -> function.view().trouble().orElse("").contains("more than its 110 MiB"));
    }

    @Test
    void anObstacleIsADelayForWhichNothingIsStarted() throws Exception {
        Optional<String> full = Optional.of("the disk is full");
        AtomicReference<Optional<String>> obstacle = new AtomicReference<>(full);
        function = new LocalProcess(
                new LocalFunction(
                        "api",
                        () -> new Launch("api", Java.command(jar, 64, List.of()), Map.of(), folder),
                        false,
                        1,
                        1,
                        1 << 30,
                        PATIENCE,
                        PATIENCE,
                        obstacle::get),
                processes,
                lease);
        assertEquals("the disk is full", unavailable(function.acquire(PATIENCE)).getMessage());
        assertEquals(0, function.view().coldStarts());
        obstacle.set(Optional.empty());
        function.acquire(PATIENCE).get().close();
        assertEquals(1, function.view().coldStarts());
    }

    @Test
    void aDatabaseThatDoesNotWakeIsAReasonNotToStart() throws Exception {
        function = new LocalProcess(
                new LocalFunction(
                        "api",
                        () -> new Launch("api", Java.command(jar, 64, List.of()), Map.of(), folder),
                        true,
                        1,
                        1,
                        1 << 30,
                        PATIENCE,
                        PATIENCE,
                        Optional::empty),
                processes,
                () -> {
                    throw new dev.memoir.runner.database.DatabaseDown("no space left on device", null);
                });
        assertTrue(unavailable(function.acquire(PATIENCE)).getMessage().contains("no space left on device"));
    }

    private HttpResponse<String> ask(FunctionHost.Place place, String body) throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(place.address().resolve("/graphql"))
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private static Unavailable unavailable(CompletableFuture<FunctionHost.Place> refused) {
        ExecutionException e = assertThrows(ExecutionException.class, () -> refused.get(60, TimeUnit.SECONDS));
        return assertInstanceOf(Unavailable.class, e.getCause());
    }

    private long starts() throws IOException {
        return Files.readAllLines(folder.resolve("journal-api")).stream()
                .filter("start"::equals)
                .count();
    }
}
