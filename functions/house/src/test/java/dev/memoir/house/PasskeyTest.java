package dev.memoir.house;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.memoir.house.Door.Admitted;
import dev.memoir.house.HouseRefusal.Reason;
import dev.memoir.store.MediaStore;
import dev.memoir.store.StoreConfig;
import dev.memoir.testkit.TestStore;
import java.time.Clock;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** On a real store. */
class PasskeyTest {
    private static final String PASSWORD = "correct horse battery";
    private static final Rights CHILD = new Rights(new TreeSet<>(List.of("family")), new TreeMap<>());
    private static final Site HOME = Site.of("https://photos.example.org").orElseThrow();
    private static final Site ELSEWHERE = Site.of("https://evil.example").orElseThrow();

    private TestStore server;
    private MediaStore store;
    private Household household;
    private Door door;
    private PasskeyDoor passkeys;
    private String session;
    private int challenges;

    @BeforeEach
    void open() {
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
        household = new Household(store.documents(), Set.of("home"), "console", Clock.systemUTC());
        door = new Door(store.documents(), Set.of("home"), Clock.systemUTC());
        passkeys = new PasskeyDoor(store.documents(), Clock.systemUTC());
        household.add("anna", CHILD, PASSWORD);
        session = door.logIn("anna", PASSWORD, "").orElseThrow().session().id();
    }

    @AfterEach
    void close() {
        store.close();
        server.close();
    }

    @Test
    void whatWasAddedByWhoIsInLetsThemInAgainEachTimeByAnotherChallenge() throws Exception {
        TestPasskey phone = added();
        String challenge = challenge();
        Passkey.Signed signed = phone.signed(HOME, HOME.name(), challenge, handle());

        Admitted in = passkeys.logIn(HOME, challenge, signed, "Firefox").orElseThrow();

        assertEquals("anna", in.user().name());
        assertTrue(door.visit("anna", in.session().id()).isPresent());
        Passkey kept = household.user("anna").passkeys().all().getFirst();
        assertEquals("Anna’s phone", kept.label());
        assertEquals(2, kept.counter());
        assertTrue(kept.usedAt().isPresent());
        assertEquals(Optional.empty(), passkeys.logIn(HOME, challenge, signed, "Firefox"), "shown a second time");
        assertTrue(enter(phone).isPresent());
    }

    @Test
    void ofManyWhoShowOneAnswerAtOnceOneComesIn() throws Exception {
        TestPasskey phone = new TestPasskey();
        phone.counter = 0;
        add(phone);
        phone.counter = -1;
        String challenge = challenge();
        Passkey.Signed signed = phone.signed(HOME, HOME.name(), challenge, handle());
        assertEquals(0, phone.counter, "it is one that never counts, so that the counter tells nothing");
        List<Callable<Boolean>> attempts = Stream.<Callable<Boolean>>generate(
                        () -> () -> passkeys.logIn(HOME, challenge, signed, "").isPresent())
                .limit(6)
                .toList();
        int came = 0;
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Boolean> attempt : threads.invokeAll(attempts)) {
                came += attempt.get() ? 1 : 0;
            }
        }
        assertEquals(1, came);
    }

    @Test
    void whatWasSignedForAnotherPageSiteChallengeOrByAnotherKeyLetsNobodyIn() throws Exception {
        TestPasskey phone = added();
        String handle = handle();
        String challenge = challenge();

        List<Passkey.Signed> wrong = List.of(
                phone.signed(ELSEWHERE, HOME.name(), challenge, handle),
                phone.signed(HOME, ELSEWHERE.name(), challenge, handle),
                phone.signed(HOME, HOME.name(), challenge(), handle),
                phone.signed(HOME, HOME.name(), challenge, "0".repeat(64)),
                phone.signed(HOME, HOME.name(), challenge, ""),
                withId(new TestPasskey().signed(HOME, HOME.name(), challenge, handle), phone.id()),
                new TestPasskey().signed(HOME, HOME.name(), challenge, handle),
                new Passkey.Signed(phone.id(), handle, "", "", ""),
                new Passkey.Signed(phone.id(), handle, "!", "AAAA", "AAAA"));
        for (Passkey.Signed signed : wrong) {
            assertEquals(Optional.empty(), passkeys.logIn(HOME, challenge, signed, ""), signed.toString());
        }
        phone.present = false;
        Passkey.Signed alone = phone.signed(HOME, HOME.name(), challenge, handle);
        assertEquals(Optional.empty(), passkeys.logIn(HOME, challenge, alone, ""), "nobody touched it");
        Passkey.Signed there = phone.signed(ELSEWHERE, ELSEWHERE.name(), challenge, handle);
        assertEquals(Optional.empty(), passkeys.logIn(ELSEWHERE, challenge, there, ""), "it is for another site");
        phone.present = true;
        assertTrue(enter(phone).isPresent());
    }

    private static Passkey.Signed withId(Passkey.Signed signed, String id) {
        return new Passkey.Signed(
                id, signed.handle(), signed.authenticatorData(), signed.clientData(), signed.signature());
    }

    @Test
    void aCounterThatDoesNotGoOnIsACopys() throws Exception {
        TestPasskey phone = added();
        phone.counter = 40;
        assertTrue(enter(phone).isPresent());
        phone.counter = 40;
        assertEquals(Optional.empty(), enter(phone));
        phone.counter = 7;
        assertEquals(Optional.empty(), enter(phone));
        phone.counter = 41;
        assertTrue(enter(phone).isPresent());
    }

    @Test
    void onlyWhatWasMadeHereAndNowCanBeAddedAndOnlyOnce() throws Exception {
        passkeys.prepare("anna", session).orElseThrow();
        TestPasskey phone = new TestPasskey();
        String challenge = challenge();
        List<Passkey.Made> wrong = List.of(
                phone.made(ELSEWHERE, HOME.name(), challenge),
                phone.made(HOME, ELSEWHERE.name(), challenge),
                phone.made(HOME, HOME.name(), challenge()),
                new Passkey.Made("", "", Set.of(), ""),
                new Passkey.Made("AAAA", "AAAA", Set.of(), ""));
        for (Passkey.Made made : wrong) {
            assertEquals(Reason.BAD_PASSKEY, refused(() -> passkeys.add("anna", session, HOME, challenge, made)));
        }
        assertEquals(
                Optional.empty(),
                passkeys.add("anna", "another session", HOME, challenge, phone.made(HOME, HOME.name(), challenge)));
        assertEquals(List.of(), household.user("anna").passkeys().all());

        add(phone);
        assertEquals(Reason.BAD_PASSKEY, refused(() -> add(phone)));
        household.add("bob", CHILD, PASSWORD);
        String bobs = door.logIn("bob", PASSWORD, "").orElseThrow().session().id();
        Passkey.Made again = phone.made(HOME, HOME.name(), challenge);
        assertEquals(Reason.BAD_PASSKEY, refused(() -> passkeys.add("bob", bobs, HOME, challenge, again)));
    }

    @Test
    void whatIsRemovedByItsOwnerByALinkForANewPasswordOrWithItsOwnerLetsNobodyIn() throws Exception {
        TestPasskey lost = added();
        TestPasskey kept = new TestPasskey();
        add(kept);
        passkeys.remove("anna", session, lost.id()).orElseThrow();
        assertEquals(Optional.empty(), enter(lost));
        assertTrue(enter(kept).isPresent());

        door.accept(household.reset("anna").id(), "anna", "another password", "");
        assertEquals(Optional.empty(), enter(kept));

        session = door.logIn("anna", "another password", "")
                .orElseThrow()
                .session()
                .id();
        TestPasskey last = new TestPasskey();
        add(last);
        String handle = handle();
        household.remove("anna");
        String challenge = challenge();
        assertEquals(
                Optional.empty(),
                passkeys.logIn(HOME, challenge, last.signed(HOME, HOME.name(), challenge, handle), ""));
    }

    @Test
    void passkeysNeedHttpsAndANameOrThisMachinesOwnName() {
        for (String origin : List.of(
                "https://photos.example.org", "https://nas:8443", "http://localhost:7700", "http://memoir.localhost")) {
            assertTrue(Site.of(origin).isPresent(), origin);
        }
        for (String origin : List.of(
                "http://nas.local",
                "https://192.168.1.2",
                "https://[fe80::1]",
                "http://127.0.0.1:7700",
                "null",
                "",
                "a b")) {
            assertFalse(Site.of(origin).isPresent(), origin);
        }
        assertEquals("nas", Site.of("https://NAS:8443").orElseThrow().name());
    }

    private TestPasskey added() throws Exception {
        TestPasskey passkey = new TestPasskey();
        add(passkey);
        return passkey;
    }

    private void add(TestPasskey passkey) throws Exception {
        passkeys.prepare("anna", session).orElseThrow();
        String challenge = challenge();
        passkeys.add("anna", session, HOME, challenge, passkey.made(HOME, HOME.name(), challenge))
                .orElseThrow();
    }

    private Optional<Admitted> enter(TestPasskey passkey) throws Exception {
        String challenge = challenge();
        return passkeys.logIn(HOME, challenge, passkey.signed(HOME, HOME.name(), challenge, handle()), "");
    }

    private String handle() {
        return household.user("anna").passkeys().handle().orElseThrow();
    }

    private String challenge() {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(("challenge number " + challenges++).getBytes());
    }

    private interface Doing {
        void run() throws Exception;
    }

    private static Reason refused(Doing doing) {
        return assertThrows(HouseRefusal.class, doing::run).reason();
    }
}
