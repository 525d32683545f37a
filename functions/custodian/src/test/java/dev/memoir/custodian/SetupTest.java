package dev.memoir.custodian;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.memoir.catalog.LinkLibrary;
import dev.memoir.custodian.World.Ran;
import dev.memoir.events.Streams;
import dev.memoir.house.Links;
import dev.memoir.media.Sha256;
import dev.memoir.media.sharing.Link;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SetupTest {
    private World world;

    @BeforeEach
    void start() {
        world = new World();
    }

    @AfterEach
    void stop() throws Exception {
        world.close();
    }

    @Test
    void makesAllThatIsMissingAndTheSecondTimeNothing() throws Exception {
        Ran first = world.custodian("setup");
        Ran second = world.custodian("setup");

        assertEquals(0, first.exit(), first.said());
        assertEquals(0, second.exit(), second.said());
        assertTrue(first.result().get("migrations").asInt() > 0);
        assertEquals(0, second.result().get("migrations").asInt());
        assertTrue(first.result().get("bucketsChanged").asBoolean());
        assertFalse(second.result().get("bucketsChanged").asBoolean());
        assertTrue(world.put("a.jpg", "A").versionId().isPresent(), "originals keep their versions");
        assertTrue(
                world.store
                        .put("derived", "a", new byte[1], "image/jpeg")
                        .versionId()
                        .isEmpty(),
                "what can be made again needs none");
        assertEquals(
                new TreeSet<>(List.of("KV_memoir-attempts", Streams.DEAD, Streams.STORE, Streams.WORK)),
                new TreeSet<>(world.queue.jetStreamManagement().getStreamNames()));
        world.catalog().note("hello", "there");
    }

    @Test
    void modelsThatAreNowhereAreNamedAndDoNotHinderTheRest() throws Exception {
        Ran setup = world.custodian("setup");

        assertEquals(0, setup.exit(), setup.said());
        assertTrue(setup.result().get("modelFilesMissing").toString().contains("models/open-nsfw/1/"));
    }

    @Test
    void whatIsNotSetIsSaidInOneLine() throws Exception {
        world.environment.remove("MEMOIR_DB_OWNER_USER");

        Ran setup = world.custodian("setup");

        assertEquals(Custodian.MISTAKEN, setup.exit());
        assertEquals(1, setup.said().lines().count(), setup.said());
        assertTrue(setup.said().startsWith("setup: MEMOIR_DB_OWNER_USER is not set"), setup.said());
    }

    @Test
    void aQueueThatIsAwayIsSaidInOneLineWithoutItsPassword() throws Exception {
        world.queueServer.stop();

        Ran setup = world.custodian("setup");

        assertEquals(Custodian.AWAY, setup.exit());
        assertEquals(1, setup.said().lines().count(), setup.said());
        assertTrue(setup.said().contains("127.0.0.1:" + world.queueServer.port()), setup.said());
        assertFalse(setup.said().contains("only-in-tests"), setup.said());
    }

    @Test
    void whatWasSharedIsLearntFromItsDocuments() throws Exception {
        world.custodian("setup");
        Links documents = new Links(world.store.documents(), Clock.systemUTC());
        Link.Terms terms = new Link.Terms(Optional.of("Summer"), Optional.empty(), true, false, false);
        Link.Shared shown = new Link.Shared("anna", new Sha256("a".repeat(64)));
        documents.create("1".repeat(32), "anna", List.of(shown), Optional.empty(), terms, Optional.empty());
        documents.create("2".repeat(32), "anna", List.of(shown), Optional.empty(), terms, Optional.empty());
        documents.revoke("2".repeat(32), "anna");
        world.store.put("originals", Links.FOLDER + "odd.json", "no link".getBytes(), "application/json");

        assertEquals(0, world.custodian("setup").exit());

        LinkLibrary links = LinkLibrary.over(world.asApi(), "home");
        Optional<Link> open = links.open(new LinkLibrary.Guest("1".repeat(32), 1));
        assertEquals(Optional.of(terms), open.map(Link::terms));
        assertTrue(links.open(new LinkLibrary.Guest("2".repeat(32), 2)).isEmpty());
    }

    @Test
    void vacuumRunsAfterSetup() throws Exception {
        world.custodian("setup");

        Ran vacuum = world.custodian("vacuum");

        assertEquals(0, vacuum.exit(), vacuum.said());
        assertTrue(vacuum.result().get("vacuumed").asBoolean());
    }
}
