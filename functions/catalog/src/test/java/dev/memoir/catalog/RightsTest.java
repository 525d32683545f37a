package dev.memoir.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.memoir.media.Claims;
import dev.memoir.media.access.Action;
import dev.memoir.media.access.AlbumRole;
import dev.memoir.media.access.Case;
import dev.memoir.media.access.DecisionTable;
import dev.memoir.media.access.Grantee;
import dev.memoir.media.access.Rule;
import dev.memoir.media.access.Thing;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The decision table, line by line, against what row security lets somebody do. */
class RightsTest {
    private static final Claims LORD = new Claims("lord", Set.of(), Map.of());
    /** What a row's own policy says against it (PostgreSQL, "Error Codes"). */
    private static final String INSUFFICIENT_PRIVILEGE = "42501";

    private static CatalogDatabase database;
    private static Library library;
    private static final Map<Asked, UUID> ITEMS = new HashMap<>();

    /** @param by somebody who has it in an album; empty for what is in none */
    private record Asked(Thing thing, Optional<Claims> by) {
        static Asked of(DecisionTable.Row row) {
            return new Asked(row.thing(), Optional.of(row.who()).filter(_ -> row.given()));
        }

        static Asked of(Thing thing) {
            return new Asked(thing, Optional.empty());
        }
    }

    @BeforeAll
    static void record() {
        database = CatalogDatabase.create();
        IngestCatalog ingest = IngestCatalog.over(database.ingest());
        library = Library.over(database.api(), DecisionTable.HOUSEHOLD);
        AlbumLibrary albums = AlbumLibrary.over(database.api(), DecisionTable.HOUSEHOLD);
        DecisionTable.rows().stream().map(Asked::of).distinct().forEach(asked -> {
            Thing thing = asked.thing();
            String content = asked.toString();
            ingest.record(
                    Samples.arrival(thing.owner(), "users/x/" + ITEMS.size() + ".jpg", content, Samples.holiday()));
            ingest.analysed(
                    Samples.content(content),
                    List.of(new Analysis(
                            "nsfw", "n", "1", List.of(), OptionalDouble.of(thing.sensitive() ? 0.81 : 0.8))));
            UUID id = ItemId.of(thing.owner(), Samples.content(content));
            ITEMS.put(asked, id);
            Claims owner = new Claims(thing.owner(), Set.of(), Map.of());
            asked.by()
                    .ifPresent(who -> albums.record(
                            owner,
                            Optional.empty(),
                            Albums.of(owner.subject(), Samples.content(content))
                                    .given(Map.of(Grantee.subject(who.subject()), AlbumRole.VIEW), Samples.UPLOADED)));
            if (thing.trashed()) {
                TrashCan.put(library, owner, id);
            }
        });
    }

    static Stream<DecisionTable.Row> rows() {
        return DecisionTable.rows().stream();
    }

    @ParameterizedTest
    @MethodSource("rows")
    void rowSecurityDecidesAsTheTableDoes(DecisionTable.Row row) throws Exception {
        UUID id = ITEMS.get(Asked.of(row));
        switch (row.action()) {
            case SEE -> {
                Optional<Item> item = library.item(row.who(), id);
                assertEquals(row.decision().allowed(), item.isPresent());
                Filter filter =
                        FilterMaker.make().trashed(row.thing().trashed()).filter();
                boolean listed =
                        row.decision().allowed() && !row.decision().rule().equals(Optional.of(Rule.ALBUM));
                assertEquals(listed, listed(row.who(), filter, id), "what one has in an album is listed there alone");
                ChangeToken beginning = FollowingTest.beginning(library.now(row.who()));
                assertEquals(
                        listed,
                        library.changes(row.who(), beginning, 500).orElseThrow().items().stream()
                                .anyMatch(told -> told.id().equals(id)),
                        "changes are told of what is listed");
            }
            case CHANGE -> {
                int changed = row.decision().allowed() ? 1 : 0;
                assertEquals(changed, written(row.who(), "UPDATE item SET sidecar_problem = 'x' WHERE id = ?", id));
                assertEquals(
                        changed,
                        written(
                                row.who(),
                                "INSERT INTO unrecognised SELECT sha256, 0, 0, 1, 1 FROM item WHERE id = ?",
                                id));
                assertEquals(
                        changed,
                        written(
                                row.who(),
                                "INSERT INTO item_change SELECT owner, false, id, 1 FROM item WHERE id = ?"
                                        + " ON CONFLICT (owner, hidden, item) DO UPDATE SET number = 2",
                                id));
            }
        }
    }

    private static boolean listed(Claims who, Filter filter, UUID id) {
        return library.page(who, filter, 500, Optional.empty()).items().stream()
                .anyMatch(item -> item.id().equals(id));
    }

    /** Past AccessPolicy, as a statement that forgot to ask it. */
    private static int written(Claims who, String sql, UUID id) throws Exception {
        try (Connection connection = database.api().getConnection()) {
            connection.setAutoCommit(false);
            try (var claims = connection.prepareStatement("SELECT set_config('memoir.subject', ?, true),"
                    + " set_config('memoir.household', ?, true), set_config('memoir.groups', ?, true),"
                    + " set_config('memoir.attributes', ?, true)")) {
                claims.setString(1, who.subject());
                claims.setString(2, DecisionTable.HOUSEHOLD);
                claims.setString(3, who.groups().isEmpty() ? "[]" : "[\"" + String.join("\",\"", who.groups()) + "\"]");
                claims.setString(4, who.attributes().isEmpty() ? "{}" : "{\"adult\":\"true\"}");
                claims.execute();
            }
            try (var write = connection.prepareStatement(sql)) {
                write.setObject(1, id);
                return write.executeUpdate();
            } catch (SQLException refused) {
                assertEquals(INSUFFICIENT_PRIVILEGE, refused.getSQLState(), refused.getMessage());
                return 0;
            } finally {
                connection.rollback();
            }
        }
    }

    @Test
    void whatMayBeSeenButNotChangedIsToldApartFromWhatIsNotThere() {
        UUID id = ITEMS.get(Asked.of(new Thing(DecisionTable.HOUSEHOLD, false, false)));
        Claims child = new Claims("child", Set.of("family"), Map.of());
        Library.Editable seen = library.editable(child, Set.of(id)).get(id);
        assertFalse(seen.allowed());
        assertEquals(Optional.empty(), seen.sidecar(), "nor where it could be written");
        assertEquals(Map.of(), library.editable(LORD, Set.of(id)));
    }

    @Test
    void anAdultOfTheFamilyMovesWhatBelongsToAllAndItsCountsFollow() {
        UUID id = ITEMS.get(Asked.of(new Thing(DecisionTable.HOUSEHOLD, true, false)));
        Claims adult = new Claims("adult", Set.of("family"), Map.of("adult", "true"));
        long before = library.size(adult);
        TrashCan.put(library, adult, id);
        assertEquals(before - 1, library.size(adult));
        TrashCan.takeOut(library, adult, id);
        assertEquals(before, library.size(adult));
        assertEquals(0, database.count(IngestCatalogTest.bitsThatDiffer()));
        assertEquals(0, database.count(IngestCatalogTest.countsThatDiffer()));
    }

    @Test
    void aScoreThatChangesMovesTheItemBetweenWhatIsForEverybodyAndWhatIsNot() {
        IngestCatalog ingest = IngestCatalog.over(database.ingest());
        Claims child = new Claims("child", Set.of("family"), Map.of());
        ingest.record(Samples.arrival(DecisionTable.HOUSEHOLD, "moves.jpg", "moves", Samples.holiday()));
        long before = library.size(child);
        for (double score : new double[] {0.9, 0.1, 0.95}) {
            ingest.analysed(
                    Samples.content("moves"),
                    List.of(new Analysis("nsfw", "n", "1", List.of(), OptionalDouble.of(score))));
            assertEquals(score > Filter.NsfwRange.FLAGGED ? before - 1 : before, library.size(child));
        }
        assertEquals(0, database.count(IngestCatalogTest.bitsThatDiffer()));
        assertEquals(0, database.count(IngestCatalogTest.countsThatDiffer()));
    }

    @Test
    void aCaseThatTheTableDoesNotListIsDeniedUnlessARuleAllowsIt() {
        Claims guest = new Claims("guest", Set.of("friends"), Map.of("adult", "true"));
        Case asked = Case.of(guest, Action.SEE, new Thing("anna", false, false), false, DecisionTable.HOUSEHOLD);
        assertEquals(new Rule.Decision(false, Optional.empty()), Rule.decide(asked));
    }
}
