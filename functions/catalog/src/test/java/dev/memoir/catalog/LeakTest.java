package dev.memoir.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.memoir.media.Claims;
import dev.memoir.media.Sha256;
import dev.memoir.media.access.AlbumRole;
import dev.memoir.media.access.Grantee;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Random questions of random people about a random library, against a model of the rights that shares nothing with the rules:
 * not one item, count, label or key that is not theirs to see, and nothing missing that is.
 */
class LeakTest {
    private static final int QUESTIONS = 10_000;
    private static final int ITEMS = 150;
    private static final String HOUSE = "house";
    private static final List<String> OWNERS = List.of(HOUSE, "ann", "ben", "carl");
    private static final List<String> WORDS = List.of("beach", "dog", "snow");
    private static final Random RANDOM = new Random(11);
    private static final Map<UUID, Photo> PHOTOS = new HashMap<>();
    private static final List<Album> ALBUMS = new ArrayList<>();

    /** What was for everybody of the family at least until a model had looked at it. */
    private static final Set<UUID> EVER_SHOWN = new HashSet<>();

    private static Library library;
    private static AlbumLibrary albums;

    private record Photo(UUID id, String owner, Sha256 asset, String word, double nsfw, boolean trashed) {}

    @BeforeAll
    static void record() throws SQLException {
        CatalogDatabase database = CatalogDatabase.create();
        IngestCatalog ingest = IngestCatalog.over(database.ingest());
        DataSource pool = new OneConnection(database.api()).source();
        library = Library.over(pool, HOUSE);
        albums = AlbumLibrary.over(pool, HOUSE);
        for (int n = 0; n < ITEMS; n++) {
            // Some contents come from several people: each has an item of their own for it.
            String content = "content " + RANDOM.nextInt(100);
            String owner = any(OWNERS);
            Sha256 asset = Samples.content(content);
            UUID id = ItemId.of(owner, asset);
            if (PHOTOS.containsKey(id)) {
                continue;
            }
            Random ofContent = new Random(content.hashCode());
            String word = WORDS.get(ofContent.nextInt(WORDS.size()));
            double nsfw = ofContent.nextInt(3) == 0 ? 0.95 : 0.2;
            ingest.record(Samples.arrival(owner, owner + "/" + word + "-" + n + ".jpg", content, Samples.holiday()));
            ingest.analysed(asset, List.of(new Analysis("nsfw", "n", "1", List.of(), OptionalDouble.of(nsfw))));
            if (nsfw < 0.5
                    || PHOTOS.values().stream().noneMatch(photo -> photo.asset().equals(asset))) {
                EVER_SHOWN.add(id);
            }
            boolean trashed = RANDOM.nextInt(5) == 0;
            if (trashed) {
                TrashCan.put(library, new Claims(owner, Set.of(), Map.of()), id);
            }
            PHOTOS.put(id, new Photo(id, owner, asset, word, nsfw, trashed));
        }
        AlbumCatalog documents = AlbumCatalog.over(database.ingest());
        for (int n = 0; n < 12; n++) {
            Album album = album(any(OWNERS));
            documents.settle(album);
            ALBUMS.add(album);
        }
    }

    /** Of anybody's photos, given to some people and groups. */
    private static Album album(String owner) {
        List<Album.Entry> entries = new ArrayList<>();
        for (Photo photo : PHOTOS.values()) {
            if (RANDOM.nextInt(12) == 0) {
                entries.add(new Album.Entry(
                        new Album.Member(photo.owner(), photo.asset()),
                        RANDOM.nextInt(1000),
                        photo.owner(),
                        Samples.UPLOADED));
            }
        }
        Map<Grantee, AlbumRole> grants = new HashMap<>();
        for (Grantee grantee : List.of(
                Grantee.subject("ann"), Grantee.subject("dora"), Grantee.group("friends"), Grantee.group("family"))) {
            if (RANDOM.nextInt(4) == 0) {
                grants.put(grantee, any(List.of(AlbumRole.VIEW, AlbumRole.CONTRIBUTE, AlbumRole.MANAGE)));
            }
        }
        return Albums.of(owner).holding(entries).given(grants, Samples.UPLOADED);
    }

    @Test
    void ofTenThousandQuestionsNoneLeaksAndNoneMisses() {
        int seen = 0;
        int hidden = 0;
        for (int question = 0; question < QUESTIONS; question++) {
            Claims who = person();
            Set<UUID> listed = PHOTOS.values().stream()
                    .filter(photo -> sees(who, photo))
                    .map(Photo::id)
                    .collect(Collectors.toSet());
            Set<UUID> visible = new HashSet<>(listed);
            ALBUMS.stream().filter(album -> has(who, album)).forEach(album -> visible.addAll(shown(who, album)));
            switch (question % 10) {
                case 0, 1, 2, 6, 7 -> ask(who, listed, question % 10);
                case 3, 4, 5 -> ask(who, visible, question % 10);
                case 9 -> follow(who, listed);
                default -> lookInto(who, any(ALBUMS), listed);
            }
            seen += visible.size();
            hidden += PHOTOS.size() - visible.size();
        }
        assertTrue(
                seen > QUESTIONS && hidden > QUESTIONS, "people see something, and not all: " + seen + ", " + hidden);
    }

    /** In the words of the documentation, and as plainly as can be. */
    private static boolean sees(Claims who, Photo photo) {
        if (photo.owner().equals(who.subject())) {
            return true;
        }
        if (!photo.owner().equals(HOUSE) || !who.groups().contains("family")) {
            return false;
        }
        return "true".equals(who.attributes().get("adult")) || photo.nsfw() < 0.5 && !photo.trashed();
    }

    private static boolean has(Claims who, Album album) {
        return album.owner().equals(who.subject())
                || album.grants().keySet().stream()
                        .map(Grantee::text)
                        .anyMatch(to -> to.equals("s:" + who.subject())
                                || who.groups().stream().anyMatch(group -> to.equals("g:" + group)));
    }

    /** What somebody sees in an album who has it. */
    private static Set<UUID> shown(Claims who, Album album) {
        boolean adult = "true".equals(who.attributes().get("adult"));
        return album.entries().stream()
                .map(entry -> PHOTOS.get(entry.member().item()))
                .filter(photo -> sees(who, photo) || !photo.trashed() && (adult || photo.nsfw() < 0.5))
                .map(Photo::id)
                .collect(Collectors.toSet());
    }

    private static void lookInto(Claims who, Album album, Set<UUID> listed) {
        boolean has = has(who, album);
        assertEquals(has, albums.albums(who, List.of(album.id())).containsKey(album.id()), () -> who + " has it");
        Set<UUID> shown =
                has ? listed(shown(who, album), false, Optional.empty()).keySet() : Set.of();
        assertEquals(
                shown,
                albums.items(who, album.id(), 500, Optional.empty()).items().stream()
                        .map(placed -> placed.item().id())
                        .collect(Collectors.toSet()),
                () -> who + " opens an album");
        assertEquals(
                (long) shown.size(),
                albums.counts(who, List.of(album.id())).getOrDefault(album.id(), 0L),
                () -> who + " counts what is in an album");
        assertEquals(
                !shown.isEmpty(),
                albums.covers(who, List.of(album.id())).containsKey(album.id()),
                () -> who + " is shown an album");
        Filter in = FilterMaker.make().filter().in(album.id());
        assertEquals(shown, pages(who, in), () -> who + " lists an album");
        assertEquals(
                shown.size(),
                library.timeline(who, in).stream().mapToInt(Stretch::items).sum());
        assertEquals((long) shown.size(), sum(library.facets(who, in).of(Term.Kind.MEDIA_KIND)));
        assertEquals(
                shown, pages(who, FilterMaker.make().text("promenade").filter().in(album.id())));
        String word = any(WORDS);
        assertEquals(
                has
                        ? listed(shown(who, album), false, Optional.of(word)).keySet().stream()
                                .filter(listed::contains)
                                .collect(Collectors.toSet())
                        : Set.of(),
                pages(who, FilterMaker.make().text(word).filter().in(album.id())),
                () -> who + " searches an album for a word that only names of files have");
    }

    /** From the beginning on. What is gone was to be seen once; of what never was, not even that is told. */
    private static void follow(Claims who, Set<UUID> listed) {
        ChangeToken token = FollowingTest.beginning(library.now(who));
        Set<UUID> told = new HashSet<>();
        Set<UUID> gone = new HashSet<>();
        for (boolean more = true; more; ) {
            Library.Changes changes =
                    library.changes(who, token, 1 + RANDOM.nextInt(200)).orElseThrow();
            changes.items().forEach(item -> told.add(item.id()));
            gone.addAll(changes.gone());
            token = changes.next();
            more = changes.more();
        }
        assertEquals(listed, told, () -> who + " follows");
        Set<UUID> hidden = PHOTOS.values().stream()
                .filter(photo -> photo.owner().equals(HOUSE) && who.groups().contains("family"))
                .map(Photo::id)
                .filter(id -> !listed.contains(id) && EVER_SHOWN.contains(id))
                .collect(Collectors.toSet());
        assertEquals(hidden, gone, () -> who + " follows");
    }

    private static void ask(Claims who, Set<UUID> visible, int kind) {
        switch (kind) {
            case 0 -> {
                boolean trashed = RANDOM.nextBoolean();
                assertEquals(
                        listed(visible, trashed, Optional.empty()).keySet(),
                        pages(who, FilterMaker.make().trashed(trashed).filter()),
                        () -> who + " lists");
            }
            case 1 -> {
                String word = any(WORDS);
                Filter filter = FilterMaker.make().text(word).filter();
                assertEquals(
                        listed(visible, false, Optional.of(word)).keySet(),
                        pages(who, filter),
                        () -> who + " searches");
                assertEquals(
                        (long) listed(visible, false, Optional.of(word)).size(),
                        sum(library.facets(who, filter).of(Term.Kind.MEDIA_KIND)),
                        () -> who + " counts " + word);
                assertEquals(
                        listed(visible, false, Optional.of(word)).size(),
                        library.timeline(who, filter).stream()
                                .mapToInt(Stretch::items)
                                .sum(),
                        () -> who + " sees " + word + " in the timeline");
            }
            case 2 -> {
                long all = listed(visible, false, Optional.empty()).size();
                assertEquals(
                        all, sum(library.facets(who, Filter.NONE).of(Term.Kind.MEDIA_KIND)), () -> who + " counts");
                assertEquals(all, library.size(who));
                assertEquals(
                        Optional.of(all),
                        library.page(who, Filter.NONE, 1, Optional.empty()).total());
            }
            case 3 -> {
                Set<UUID> asked = someIds();
                Set<UUID> expected = new HashSet<>(asked);
                expected.retainAll(visible);
                assertEquals(
                        expected,
                        library.items(who, asked).stream().map(Item::id).collect(Collectors.toSet()),
                        () -> who + " asks by id");
            }
            case 4 -> {
                Photo photo = any(List.copyOf(PHOTOS.values()));
                boolean any = PHOTOS.values().stream()
                        .anyMatch(p -> p.asset().equals(photo.asset()) && visible.contains(p.id()));
                assertEquals(any, library.item(who, photo.asset()).isPresent(), () -> who + " asks by content");
                assertEquals(any, library.rawTags(who, photo.asset()).isPresent());
                assertEquals(any, !library.analyses(who, Set.of(photo.asset())).isEmpty());
            }
            case 5 -> {
                Photo photo = any(List.copyOf(PHOTOS.values()));
                long owners = PHOTOS.values().stream()
                        .filter(p -> p.asset().equals(photo.asset()) && visible.contains(p.id()))
                        .count();
                long keys = library.objects(who, Set.of(photo.asset())).values().stream()
                        .flatMap(List::stream)
                        .map(object -> object.key().substring(0, object.key().indexOf('/')))
                        .distinct()
                        .count();
                assertEquals(owners, keys, () -> who + " asks for keys");
            }
            case 6 -> {
                String word = any(WORDS);
                Filter filter = FilterMaker.make().text(word).filter();
                Map<UUID, Photo> placed = listed(visible, false, Optional.of(word));
                List<Spot> spots = library.map(who, filter, new GeoBox(-90, -180, 90, 180), RANDOM.nextInt(23));
                assertEquals(
                        placed.size(), spots.stream().mapToInt(Spot::items).sum(), () -> who + " looks at the map");
                assertTrue(spots.stream()
                        .allMatch(spot -> placed.containsKey(spot.shown().id())));
                Set<UUID> remembered = library.memories(who, LocalDate.of(2026, 7, 14)).stream()
                        .flatMap(memory -> memory.items().stream())
                        .map(Item::id)
                        .collect(Collectors.toSet());
                Set<UUID> all = listed(visible, false, Optional.empty()).values().stream()
                        .filter(photo -> photo.nsfw() < 0.5)
                        .map(Photo::id)
                        .collect(Collectors.toSet());
                assertTrue(all.containsAll(remembered), () -> who + " is reminded");
                assertEquals(Math.min(all.size(), Memory.MOST), remembered.size(), () -> who + " is reminded");
            }
            default -> {
                Filter filter =
                        FilterMaker.make().nsfw(Filter.NsfwRange.ONLY_FLAGGED).filter();
                Set<UUID> expected = listed(visible, false, Optional.empty()).values().stream()
                        .filter(photo -> photo.nsfw() > 0.5)
                        .map(Photo::id)
                        .collect(Collectors.toSet());
                assertEquals(expected, pages(who, filter), () -> who + " looks for what is flagged");
            }
        }
    }

    private static Map<UUID, Photo> listed(Set<UUID> visible, boolean trashed, Optional<String> word) {
        return visible.stream()
                .map(PHOTOS::get)
                .filter(photo -> photo.trashed() == trashed)
                .filter(photo -> word.map(photo.word()::equals).orElse(true))
                .collect(Collectors.toMap(Photo::id, photo -> photo));
    }

    private static Set<UUID> pages(Claims who, Filter filter) {
        int length = 1 + RANDOM.nextInt(200);
        List<UUID> found = new ArrayList<>();
        Optional<Cursor> after = Optional.empty();
        boolean more = true;
        while (more) {
            Library.Page page = library.page(who, filter, length, after);
            page.items().forEach(item -> found.add(item.id()));
            more = page.more();
            after = page.items().isEmpty()
                    ? after
                    : Optional.of(page.items().getLast().cursor());
        }
        Set<UUID> once = new HashSet<>(found);
        assertEquals(once.size(), found.size(), "none comes twice");
        return once;
    }

    private static long sum(List<Facets.Count> counts) {
        return counts.stream().mapToLong(Facets.Count::items).sum();
    }

    private static Set<UUID> someIds() {
        return PHOTOS.keySet().stream().filter(id -> RANDOM.nextInt(4) == 0).collect(Collectors.toSet());
    }

    private static Claims person() {
        Set<String> groups = new HashSet<>();
        for (String group : List.of("family", "admin", "friends")) {
            if (RANDOM.nextBoolean()) {
                groups.add(group);
            }
        }
        Map<String, String> attributes = switch (RANDOM.nextInt(3)) {
            case 0 -> Map.of();
            case 1 -> Map.of("adult", "true");
            default -> Map.of("adult", "false", "name", "\"}'; --");
        };
        return new Claims(any(List.of(HOUSE, "ann", "ben", "carl", "dora")), groups, attributes);
    }

    private static <T> T any(List<T> values) {
        return values.get(RANDOM.nextInt(values.size()));
    }

    /** As in a pool: every question comes over the same connection, so that nothing of the one before may stay. */
    private record OneConnection(Connection connection) {
        private OneConnection(DataSource database) throws SQLException {
            this(database.getConnection());
        }

        private DataSource source() {
            Connection kept = (Connection) java.lang.reflect.Proxy.newProxyInstance(
                    Connection.class.getClassLoader(),
                    new Class<?>[] {Connection.class},
                    (proxy, method, arguments) ->
                            method.getName().equals("close") ? null : method.invoke(connection, arguments));
            return (DataSource) java.lang.reflect.Proxy.newProxyInstance(
                    DataSource.class.getClassLoader(),
                    new Class<?>[] {DataSource.class},
                    (proxy, method, arguments) -> method.getName().equals("getConnection") ? kept : null);
        }
    }
}
