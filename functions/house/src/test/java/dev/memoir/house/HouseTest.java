package dev.memoir.house;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.memoir.house.Door.Admitted;
import dev.memoir.house.HouseRefusal.Reason;
import dev.memoir.media.Claims;
import dev.memoir.media.Scope;
import dev.memoir.store.MediaStore;
import dev.memoir.store.StoreConfig;
import dev.memoir.testkit.TestStore;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** On a real store that keeps versions. */
class HouseTest {
    private static final String PASSWORD = "correct horse battery";
    private static final Rights CHILD = new Rights(new TreeSet<>(List.of("family")), new TreeMap<>());

    private static final String KEY = "a".repeat(32);
    private static final String OTHER = "b".repeat(32);

    private TestStore server;
    private MediaStore store;
    private final MovableClock clock = new MovableClock();
    private Household household;
    private Door door;

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
        household = new Household(store.documents(), Set.of("home"), "console", clock);
        door = new Door(store.documents(), Set.of("home"), clock);
    }

    @AfterEach
    void close() {
        store.close();
        server.close();
    }

    @Test
    void somebodyAlwaysAdministers() {
        household.add("anna", Rights.ofFirst(), PASSWORD);
        household.add("bob", CHILD, PASSWORD);
        refused(Reason.LAST_ADMINISTRATOR, () -> household.remove("anna"));
        refused(Reason.LAST_ADMINISTRATOR, () -> household.give("anna", CHILD));
        household.give("anna", Rights.ofFirst().with(false, true, true));
        household.give("bob", CHILD.with(true, false, true));

        household.remove("anna");

        refused(Reason.LAST_ADMINISTRATOR, () -> household.remove("bob"));
        assertEquals(
                List.of("user.added", "user.added", "user.removed", "user.rights", "user.rights"),
                household.changes(9).stream()
                        .map(Household.Change::what)
                        .sorted()
                        .toList());
    }

    @Test
    void rightsThatNobodySpokeOfStay() {
        Rights before = new Rights(
                new TreeSet<>(List.of("family", "choir")), new TreeMap<>(Map.of("adult", "true", "floor", "2")));

        Rights after = before.with(false, false, true);

        assertEquals(List.of("admin", "choir"), List.copyOf(after.groups()));
        assertEquals(Map.of("floor", "2"), after.attributes());
        assertEquals(before, after.with(true, true, false));
    }

    @Test
    void newCodesTakeThePasswordAndALivingSession() {
        household.add("anna", CHILD, PASSWORD);
        Admitted anna = door.logIn("anna", PASSWORD, "Firefox").orElseThrow();
        String session = anna.session().id();

        assertEquals(Optional.empty(), door.recoveryCodes("anna", session, "wrong password"));
        assertEquals(Optional.empty(), door.recoveryCodes("anna", "other", PASSWORD));
        List<String> codes = door.recoveryCodes("anna", session, PASSWORD).orElseThrow();

        assertEquals(8, codes.size());
        assertTrue(door.logIn("anna", codes.getFirst(), "").isPresent());
        assertTrue(household.changes(9).stream()
                .anyMatch(change ->
                        change.what().equals("user.codes") && change.by().equals("anna")));
        door.logOut("anna", session);
        assertEquals(Optional.empty(), door.recoveryCodes("anna", session, PASSWORD));
    }

    @Test
    void theFirstLinkMakesAnAdministratorOnce() {
        Invitation first = household.first().orElseThrow();
        assertEquals(first.id(), household.first().orElseThrow().id());

        Admitted anna = door.accept(first.id(), "Anna", PASSWORD, "Firefox");

        assertEquals("anna", anna.user().name());
        assertTrue(anna.user().rights().administers());
        assertEquals(Optional.empty(), household.first());
        refused(Reason.BAD_TICKET, () -> door.accept(first.id(), "bob", PASSWORD, ""));
    }

    @Test
    void ofManyWhoUseOneLinkAtOnceOneComesIn() throws Exception {
        String id = household.first().orElseThrow().id();
        List<Callable<Boolean>> attempts = IntStream.range(0, 6)
                .<Callable<Boolean>>mapToObj(i -> () -> {
                    try {
                        door.accept(id, "person" + i, PASSWORD, "");
                        return true;
                    } catch (HouseRefusal late) {
                        return false;
                    }
                })
                .toList();
        int came = 0;
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Boolean> attempt : threads.invokeAll(attempts)) {
                came += attempt.get() ? 1 : 0;
            }
        }
        assertEquals(1, came);
        assertEquals(1, household.users().size());
    }

    @Test
    void whoLogsInHasASessionUntilItEndsOrIsEnded() {
        household.add("bob", CHILD, PASSWORD);
        Admitted one = door.logIn(" Bob ", PASSWORD, "Firefox").orElseThrow();
        Admitted other = door.logIn("bob", PASSWORD, "Chrome").orElseThrow();
        assertTrue(door.visit("bob", one.session().id()).isPresent());

        door.logOut("bob", one.session().id());
        assertEquals(Optional.empty(), door.visit("bob", one.session().id()));
        household.endSession("bob", other.session().id());
        assertEquals(Optional.empty(), door.visit("bob", other.session().id()));

        Admitted third = door.logIn("bob", PASSWORD, "").orElseThrow();
        clock.pass(User.SESSION);
        assertEquals(Optional.empty(), door.visit("bob", third.session().id()));
    }

    @Test
    void neitherAWrongPasswordNorANameThatIsNotThereComesIn() {
        household.add("bob", CHILD, PASSWORD);
        for (String password : List.of("wrong password", "", PASSWORD + "x", "x".repeat(5000))) {
            assertEquals(Optional.empty(), door.logIn("bob", password, ""));
        }
        for (String name : List.of("eve", "", "../bob", "bob.json", "a".repeat(5000), "'; DROP TABLE item --")) {
            assertEquals(Optional.empty(), door.logIn(name, PASSWORD, ""), name);
        }
    }

    @Test
    void aRecoveryCodeLetsInOnceHoweverItIsTyped() {
        household.add("bob", CHILD, PASSWORD);
        List<String> codes = household.recoveryCodes("bob");

        assertTrue(door.logIn(
                        "bob",
                        codes.getFirst().toUpperCase(java.util.Locale.ROOT).replace("-", " "),
                        "")
                .isPresent());

        assertEquals(Optional.empty(), door.logIn("bob", codes.getFirst(), ""));
        assertTrue(door.logIn("bob", codes.get(1), "").isPresent());
        household.recoveryCodes("bob");
        assertEquals(Optional.empty(), door.logIn("bob", codes.get(2), ""));
    }

    @Test
    void anotherPasswordEndsEveryOtherSession() {
        household.add("bob", CHILD, PASSWORD);
        String old = door.logIn("bob", PASSWORD, "").orElseThrow().session().id();
        String mine = door.logIn("bob", PASSWORD, "").orElseThrow().session().id();
        assertEquals(Optional.empty(), door.changePassword("bob", mine, "wrong password", "another password", ""));

        Admitted changed = door.changePassword("bob", mine, PASSWORD, "another password", "")
                .orElseThrow();

        assertEquals(Optional.empty(), door.visit("bob", old));
        assertEquals(Optional.empty(), door.visit("bob", mine));
        assertTrue(door.visit("bob", changed.session().id()).isPresent());
        assertEquals(Optional.empty(), door.logIn("bob", PASSWORD, ""));
    }

    @Test
    void aLinkForANewPasswordIsForItsPersonAlone() {
        household.add("bob", CHILD, PASSWORD);
        household.add("eve", CHILD, PASSWORD);
        Invitation reset = household.reset("bob");
        refused(Reason.BAD_NAME, () -> door.accept(reset.id(), "eve", "another password", ""));
        assertTrue(door.logIn("bob", PASSWORD, "").isPresent());

        door.accept(reset.id(), "bob", "another password", "");

        assertEquals(Optional.empty(), door.logIn("bob", PASSWORD, ""));
        refused(Reason.BAD_TICKET, () -> door.accept(reset.id(), "bob", PASSWORD, ""));
    }

    @Test
    void anInvitationGivesItsRightsAndEnds() {
        Invitation invitation = household.invite(Optional.empty(), CHILD);
        refused(Reason.WEAK_PASSWORD, () -> door.accept(invitation.id(), "carl", "short", ""));
        refused(Reason.BAD_NAME, () -> door.accept(invitation.id(), "home", PASSWORD, ""));
        assertEquals(
                CHILD, door.accept(invitation.id(), "carl", PASSWORD, "").user().rights());

        Invitation late = household.invite(Optional.of("dora"), CHILD);
        clock.pass(Household.INVITATION.plusSeconds(1));
        refused(Reason.BAD_TICKET, () -> door.accept(late.id(), "dora", PASSWORD, ""));
    }

    @Test
    void whoWasRemovedIsOutAndNobodyGetsTheName() {
        household.add("bob", CHILD, PASSWORD);
        String session = door.logIn("bob", PASSWORD, "").orElseThrow().session().id();

        household.remove("bob");

        assertEquals(Optional.empty(), door.visit("bob", session));
        assertEquals(Optional.empty(), door.logIn("bob", PASSWORD, ""));
        assertEquals(List.of(), household.users());
        refused(Reason.NAME_TAKEN, () -> household.add("bob", CHILD, PASSWORD));
        assertFalse(household.isNew());
    }

    @Test
    void noDocumentHoldsASecretInClearAndEveryChangeOfRightsIsNoted() throws Exception {
        household.add("bob", CHILD, PASSWORD);
        List<String> codes = household.recoveryCodes("bob");
        household.give("bob", Rights.ofFirst());
        door.logIn("bob", codes.getFirst(), "");
        for (String key : store.documents().list(".memoir/").toList()) {
            try (var content = store.read("originals", key, Optional.empty()).orElseThrow();
                    InputStream bytes = content.bytes()) {
                String text = new String(bytes.readAllBytes(), StandardCharsets.UTF_8);
                assertFalse(text.contains(PASSWORD), key);
                codes.forEach(code -> assertFalse(text.contains(code), key));
            }
        }
        List<Household.Change> changes = household.changes(10);
        assertEquals(
                Set.of("user.added", "user.codes", "user.rights"),
                Set.copyOf(changes.stream().map(Household.Change::what).toList()));
        assertTrue(changes.stream()
                .anyMatch(c -> c.what().equals("user.rights") && c.groups().contains("admin")));
    }

    @Test
    void whatTwoChangeAtOnceIsBothKept() throws Exception {
        household.add("bob", CHILD, PASSWORD);
        List<Callable<String>> logins = IntStream.range(0, 6)
                .<Callable<String>>mapToObj(i -> () ->
                        door.logIn("bob", PASSWORD, "").orElseThrow().session().id())
                .toList();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<String> login : threads.invokeAll(logins)) {
                assertTrue(door.visit("bob", login.get()).isPresent());
            }
        }
    }

    @Test
    void aKeyHasItsPersonsRightsOfNowAsFarAsItsScopeGoes() {
        ApiKeys keys = keys();
        household.add("anna", Rights.ofFirst(), PASSWORD);
        household.add("bob", CHILD, PASSWORD);
        keys.create(KEY, "bob", "frame", Scope.READ, Duration.ofDays(30), "bob");
        keys.create(OTHER, "anna", "backup", Scope.WRITE, Duration.ofDays(30), "anna");
        assertEquals(
                new Claims("bob", Set.of("family"), Map.of(), Scope.READ),
                keys.open(KEY).orElseThrow());
        assertEquals(Set.of("family"), keys.open(OTHER).orElseThrow().groups(), "it does not administer");

        household.give("bob", new Rights(new TreeSet<>(), new TreeMap<>(Map.of("adult", "true"))));

        assertEquals(
                new Claims("bob", Set.of(), Map.of("adult", "true"), Scope.READ),
                keys.open(KEY).orElseThrow());
        keys.create("c".repeat(32), "home", "upload", Scope.WRITE, Duration.ofDays(1), "console");
        assertEquals("home", keys.open("c".repeat(32)).orElseThrow().subject());
        refused(
                Reason.BAD_RIGHTS,
                () -> keys.create("d".repeat(32), "bob", "root", Scope.ADMIN, Duration.ofDays(1), ""));
        refused(
                Reason.UNKNOWN_USER,
                () -> keys.create("d".repeat(32), "eve", "frame", Scope.READ, Duration.ofDays(1), ""));
        refused(
                Reason.NAME_TAKEN,
                () -> keys.create("d".repeat(32), "bob", "frame", Scope.READ, Duration.ofDays(1), ""));
        for (Duration no : List.of(Duration.ofHours(1), Duration.ofDays(-1), Duration.ofDays(4000))) {
            refused(Reason.BAD_KEY, () -> keys.create("d".repeat(32), "bob", "x", Scope.READ, no, ""));
        }
    }

    @Test
    void aKeyEndsWhenItsTimeIsOverWhenItIsRevokedAndWithItsPerson() {
        ApiKeys keys = keys();
        household.add("anna", Rights.ofFirst(), PASSWORD);
        household.add("bob", CHILD, PASSWORD);
        keys.create(KEY, "bob", "frame", Scope.READ, Duration.ofDays(30), "bob");
        assertEquals(Optional.empty(), keys.of("bob").getFirst().usedAt());
        keys.open(KEY).orElseThrow();
        Instant used = keys.of("bob").getFirst().usedAt().orElseThrow();
        clock.pass(Duration.ofMinutes(59));
        keys.open(KEY).orElseThrow();
        assertEquals(used, keys.of("bob").getFirst().usedAt().orElseThrow(), "noted once an hour");
        clock.pass(Duration.ofDays(30));
        assertEquals(Optional.empty(), keys.open(KEY));
        assertEquals(1, keys.of("bob").size(), "one that has ended is still to be seen");

        keys.create(OTHER, "bob", "backup", Scope.WRITE, Duration.ofDays(30), "bob");
        for (String others : List.of(KEY, OTHER, "../users/bob", "e".repeat(32))) {
            refused(Reason.UNKNOWN_KEY, () -> keys.revoke(others, "anna", "anna"));
        }
        assertTrue(keys.open(OTHER).isPresent());
        keys.revoke(OTHER, "bob", "bob");
        assertEquals(Optional.empty(), keys.open(OTHER));
        refused(Reason.UNKNOWN_KEY, () -> keys.revoke(OTHER, "bob", "bob"));

        keys.create("c".repeat(32), "bob", "again", Scope.READ, Duration.ofDays(1), "bob");
        Invitation reset = household.reset("bob");
        door.accept(reset.id(), "bob", "another password", "");
        assertEquals(Optional.empty(), keys.open("c".repeat(32)), "it may be what the password was renewed for");
        keys.create("d".repeat(32), "bob", "again", Scope.READ, Duration.ofDays(1), "bob");
        household.remove("bob");
        assertEquals(Optional.empty(), keys.open("d".repeat(32)));
        assertEquals(List.of(), keys.all());
        assertEquals(
                List.of("key.created", "key.revoked"),
                household.changes(50).stream()
                        .map(Household.Change::what)
                        .filter(what -> what.startsWith("key."))
                        .distinct()
                        .sorted()
                        .toList());
    }

    private ApiKeys keys() {
        return new ApiKeys(store.documents(), Set.of("home"), clock);
    }

    @Test
    void aHashSaysNothingOfAnother() {
        Passwords passwords = new Passwords();
        assertNotEquals(passwords.hash(PASSWORD), passwords.hash(PASSWORD));
    }

    private static void refused(Reason reason, Runnable what) {
        assertEquals(reason, assertThrows(HouseRefusal.class, what::run).reason());
    }

    private static final class MovableClock extends Clock {
        private Instant now = InstantSource.system().instant();

        void pass(Duration time) {
            now = now.plus(time);
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
