package dev.memoir.api;

import dev.memoir.api.AssetChanges.AssetOutcome;
import dev.memoir.api.AssetChanges.Outcome;
import dev.memoir.catalog.Album;
import dev.memoir.catalog.Album.Entry;
import dev.memoir.catalog.Album.Member;
import dev.memoir.catalog.AlbumDocument;
import dev.memoir.catalog.AlbumLibrary;
import dev.memoir.catalog.AlbumLibrary.Seen;
import dev.memoir.catalog.AlbumRule;
import dev.memoir.catalog.Item;
import dev.memoir.catalog.Library;
import dev.memoir.house.Audit;
import dev.memoir.media.AlbumOrder;
import dev.memoir.media.Claims;
import dev.memoir.media.access.AlbumAction;
import dev.memoir.media.access.AlbumRole;
import dev.memoir.media.access.Grantee;
import dev.memoir.media.access.GranteeKind;
import dev.memoir.store.Documents;
import dev.memoir.store.MediaStore;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * Changes albums where they live: in their documents in the bucket. A document says itself who may change it, and is written only
 * from the state that was read; the rows follow.
 */
@ApplicationScoped
public class AlbumDesk {
    /** A document of so many stays below what a document may have. */
    private static final int MOST_ENTRIES = 20_000;

    private static final int MOST_GRANTS = 200;

    /** Albums in albums in albums: more is no order. */
    private static final int DEEPEST = 10;

    private static final String IN_THE_TRASH = "it is in the trash";
    private static final String NOT_YOURS_TO_GIVE =
            "whoever has the album would see it, so that only who may change it puts it there";
    private static final String OTHERS = "somebody else added it";

    private final AlbumLibrary albums;
    private final Library library;
    private final Documents documents;
    private final Audit audit;
    private final Bearer bearer;

    public AlbumDesk(AlbumLibrary albums, Library library, MediaStore store, Bearer bearer) {
        this.albums = albums;
        this.library = library;
        this.documents = store.documents();
        this.audit = new Audit(documents, Clock.systemUTC());
        this.bearer = bearer;
    }

    /** From one state of an album to the next. */
    private record Step(Album before, Album after) {}

    AlbumView create(AlbumInput said) {
        Claims who = bearer.caller();
        said.check();
        if (said.name == null) {
            throw new Problem.BadInput("name: an album needs one");
        }
        if (said.cover != null && !said.cover.isEmpty()) {
            throw new Problem.BadInput("cover: nothing is in it yet; put assets into it first");
        }
        Album blank = new Album(
                UUID.randomUUID(),
                who.subject(),
                "",
                "",
                Optional.empty(),
                Optional.empty(),
                AlbumOrder.BY_TIME,
                rule(who, said),
                Map.of(),
                List.of(),
                now(),
                now(),
                false);
        Album album = saying(who, blank, said);
        documents.create(Album.key(album.id()), AlbumDocument.write(album));
        albums.record(who, Optional.empty(), album);
        return view(who, album.id());
    }

    AlbumView update(UUID id, AlbumInput said) {
        Claims who = bearer.caller();
        said.check();
        Optional<AlbumRule> rule = rule(who, said);
        change(who, id, AlbumAction.EDIT, album -> {
            if (rule.isPresent() && album.rule().isEmpty()) {
                throw new Problem.BadInput("rule: this album has what was added to it; make another one for the rule");
            }
            if (rule.isPresent() && !album.owner().equals(who.subject())) {
                throw new Problem.NotAllowed("By what it gathers its pictures, only its owner says.");
            }
            Album saying = saying(who, album, said);
            return rule.map(saying::gathering).orElse(saying);
        });
        return view(who, id);
    }

    private Optional<AlbumRule> rule(Claims who, AlbumInput said) {
        return said.rule().map(rule -> rule.among(Set.copyOf(albums.gathered(who))));
    }

    private Album saying(Claims who, Album album, AlbumInput said) {
        Optional<Member> cover = said.cover == null
                ? album.cover()
                : given(said.cover).map(asset -> shown(who, album, AssetQueries.uuid(asset)));
        Optional<UUID> parent = said.parent == null
                ? album.parent()
                : given(said.parent).map(in -> container(who, album.id(), AlbumQueries.id(in)));
        return album.saying(
                said.name == null ? album.name() : said.name.strip(),
                said.description == null ? album.description() : said.description,
                cover,
                parent,
                said.order == null ? album.order() : said.order,
                now());
    }

    private static Optional<String> given(String text) {
        return Optional.of(text).filter(t -> !t.isEmpty());
    }

    private Member shown(Claims who, Album album, UUID cover) {
        boolean in = albums.holding(who, List.of(cover)).getOrDefault(cover, List.of()).stream()
                .anyMatch(holding -> holding.id().equals(album.id()));
        return library.item(who, cover)
                .filter(_ -> in)
                .map(item -> new Member(item.owner(), item.sha256()))
                .orElseThrow(() -> new Problem.BadInput("cover: " + cover + " is not in the album"));
    }

    private UUID container(Claims who, UUID album, UUID in) {
        Optional<UUID> at = Optional.of(in);
        for (int depth = 0; at.isPresent(); depth++) {
            if (depth == DEEPEST) {
                throw new Problem.BadInput("parent: albums lie at most " + DEEPEST + " deep in each other");
            }
            if (at.get().equals(album)) {
                throw new Problem.BadInput("parent: an album can't lie in itself");
            }
            UUID next = at.get();
            Seen seen = albums.albums(who, List.of(next)).get(next);
            if (depth == 0) {
                allow(seen == null ? Optional.empty() : Optional.of(seen.role()), AlbumAction.EDIT, in);
            }
            at = seen == null ? Optional.empty() : seen.parent();
        }
        return in;
    }

    void delete(UUID id) {
        change(bearer.caller(), id, AlbumAction.DELETE, album -> album.removed(now()));
    }

    List<AssetOutcome> add(UUID id, Set<UUID> assets) {
        Claims who = bearer.caller();
        Map<UUID, Item> found = found(who, assets);
        Set<UUID> changeable = library.changeable(who, found.values());
        Map<UUID, AssetOutcome> outcomes = new LinkedHashMap<>();
        change(who, id, AlbumAction.ADD, album -> {
            byHand(album);
            outcomes.clear();
            List<Entry> entries = new ArrayList<>(album.entries());
            Set<Member> there = entries.stream().map(Entry::member).collect(Collectors.toCollection(HashSet::new));
            long position = entries.isEmpty() ? 0 : entries.getLast().position();
            for (UUID asset : assets) {
                Item item = found.get(asset);
                if (item == null) {
                    outcomes.put(asset, outcome(asset, Outcome.NOT_FOUND, null));
                } else if (!changeable.contains(asset)) {
                    outcomes.put(asset, outcome(asset, Outcome.NOT_POSSIBLE, NOT_YOURS_TO_GIVE));
                } else if (item.trashedAt().isPresent()) {
                    outcomes.put(asset, outcome(asset, Outcome.NOT_POSSIBLE, IN_THE_TRASH));
                } else if (!there.add(new Member(item.owner(), item.sha256()))) {
                    outcomes.put(asset, outcome(asset, Outcome.UNCHANGED, null));
                } else {
                    entries.add(new Entry(new Member(item.owner(), item.sha256()), ++position, who.subject(), now()));
                    outcomes.put(asset, outcome(asset, Outcome.DONE, null));
                }
            }
            if (entries.size() > MOST_ENTRIES) {
                throw new Problem.BadInput("an album has at most " + MOST_ENTRIES + " assets");
            }
            return album.holding(entries);
        });
        return List.copyOf(outcomes.values());
    }

    List<AssetOutcome> remove(UUID id, Set<UUID> assets) {
        Claims who = bearer.caller();
        Map<UUID, Item> found = found(who, assets);
        Set<UUID> changeable = library.changeable(who, found.values());
        Map<UUID, AssetOutcome> outcomes = new LinkedHashMap<>();
        change(who, id, AlbumAction.ADD, album -> {
            byHand(album);
            outcomes.clear();
            boolean all = album.allows(who, AlbumAction.EDIT);
            Map<UUID, Entry> there = album.entries().stream()
                    .collect(Collectors.toMap(entry -> entry.member().item(), Function.identity()));
            Set<Entry> gone = new HashSet<>();
            for (UUID asset : assets) {
                Entry entry = there.get(asset);
                if (!found.containsKey(asset)) {
                    outcomes.put(asset, outcome(asset, Outcome.NOT_FOUND, null));
                } else if (entry == null) {
                    outcomes.put(asset, outcome(asset, Outcome.UNCHANGED, null));
                } else if (!all && !changeable.contains(asset)) {
                    outcomes.put(asset, outcome(asset, Outcome.NOT_POSSIBLE, OTHERS));
                } else {
                    gone.add(entry);
                    outcomes.put(asset, outcome(asset, Outcome.DONE, null));
                }
            }
            return album.holding(album.entries().stream()
                    .filter(entry -> !gone.contains(entry))
                    .toList());
        });
        return List.copyOf(outcomes.values());
    }

    private static AssetOutcome outcome(UUID asset, Outcome outcome, String reason) {
        return new AssetOutcome(asset.toString(), outcome, reason);
    }

    private Map<UUID, Item> found(Claims who, Set<UUID> assets) {
        return library.items(who, assets).stream().collect(Collectors.toMap(Item::id, Function.identity()));
    }

    private static void byHand(Album album) {
        if (album.rule().isPresent()) {
            throw new Problem.BadInput("This album gathers its assets by a rule: change that instead.");
        }
    }

    AlbumView move(UUID id, Set<UUID> assets, UUID before) {
        Claims who = bearer.caller();
        change(who, id, AlbumAction.EDIT, album -> {
            byHand(album);
            if (album.order() != AlbumOrder.MANUAL) {
                throw new Problem.BadInput("moveInAlbum: this album is ordered by time; make its order MANUAL first");
            }
            if (before != null && assets.contains(before)) {
                throw new Problem.BadInput("before: it is one of those that are moved");
            }
            Map<UUID, Entry> there = new LinkedHashMap<>();
            album.entries().forEach(entry -> there.put(entry.member().item(), entry));
            if (!there.keySet().containsAll(assets) || before != null && !there.containsKey(before)) {
                throw new Problem.NotFound("Some of these assets are not in the album.");
            }
            List<Entry> moved = assets.stream().map(there::remove).toList();
            List<Entry> ordered = new ArrayList<>(there.values());
            ordered.addAll(before == null ? ordered.size() : ordered.indexOf(there.get(before)), moved);
            List<Entry> entries = new ArrayList<>();
            for (Entry entry : ordered) {
                entries.add(new Entry(entry.member(), entries.size() + 1L, entry.by(), entry.at()));
            }
            return album.holding(entries);
        });
        return view(who, id);
    }

    AlbumView share(UUID id, Grantee to, AlbumRole role) {
        if (role == AlbumRole.OWN) {
            throw new Problem.BadInput("role: nobody can be given an album as its owner");
        }
        return grant(id, to, Optional.of(role));
    }

    AlbumView unshare(UUID id, Grantee from) {
        return grant(id, from, Optional.empty());
    }

    private AlbumView grant(UUID id, Grantee to, Optional<AlbumRole> role) {
        Claims who = bearer.caller();
        Optional<Step> done = change(who, id, AlbumAction.SHARE, album -> {
            if (to.equals(Grantee.subject(album.owner()))) {
                throw new Problem.BadInput("to: it is theirs");
            }
            Map<Grantee, AlbumRole> grants = new TreeMap<>(album.grants());
            role.ifPresentOrElse(as -> grants.put(to, as), () -> grants.remove(to));
            if (grants.size() > MOST_GRANTS) {
                throw new Problem.BadInput("an album is given to at most " + MOST_GRANTS + " people and groups");
            }
            Album given = grants.equals(album.grants()) ? album : album.given(grants, now());
            if (role.isEmpty() && to.kind() == GranteeKind.SUBJECT) {
                // What is somebody's own they would not get out any more: it goes with them.
                given = given.holding(given.entries().stream()
                        .filter(entry -> !entry.member().owner().equals(to.name()))
                        .toList());
            }
            if (!given.allows(who, AlbumAction.SHARE)) {
                throw new Problem.NotAllowed("What you have yourself, its owner says, or another who manages it.");
            }
            return given;
        });
        if (done.isPresent()) {
            Map<String, String> details = new TreeMap<>(Map.of("album", id.toString()));
            role.ifPresent(as -> details.put("role", as.name().toLowerCase(Locale.ROOT)));
            String whom = to.kind() == GranteeKind.GROUP ? "group " + to.name() : to.name();
            audit.write(who.subject(), role.isPresent() ? "album.shared" : "album.unshared", whom, details);
        }
        return view(who, id);
    }

    /** @return empty when there was nothing to change */
    private Optional<Step> change(Claims who, UUID id, AlbumAction action, UnaryOperator<Album> change) {
        boolean[] there = {false};
        Optional<Step> done = documents.change(
                Album.key(id),
                document -> {
                    Album album = AlbumDocument.read(document.key(), document.content());
                    there[0] = true;
                    allow(album.role(who), action, id);
                    Album after = change.apply(album);
                    return Optional.of(new Step(album, after)).filter(step -> !after.equals(album));
                },
                step -> AlbumDocument.write(step.after()));
        if (!there[0]) {
            throw missing(id);
        }
        done.ifPresent(step -> albums.record(who, Optional.of(step.before()), step.after()));
        return done;
    }

    private static void allow(Optional<AlbumRole> role, AlbumAction action, UUID id) {
        if (!role.orElseThrow(() -> missing(id)).may(action)) {
            throw new Problem.NotAllowed("You have this album, but not as somebody who " + action.words() + ".");
        }
    }

    private AlbumView view(Claims who, UUID id) {
        return Optional.ofNullable(albums.albums(who, List.of(id)).get(id))
                .map(AlbumView::new)
                .orElseThrow(() -> missing(id));
    }

    private static Problem missing(UUID id) {
        return new Problem.NotFound("You have no album " + id + ".");
    }

    /** As the catalog can keep it. */
    private static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.MICROS);
    }
}
