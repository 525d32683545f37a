package dev.memoir.catalog;

import dev.memoir.media.MediaKind;
import dev.memoir.media.Sha256;
import dev.memoir.media.StackKind;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What of an item says with what it belongs together; and from that of all that may belong together, what is shown beneath what.
 * The same items give the same answer, in whichever order they came.
 *
 * @param word a stack's name, or that it stands by itself, if somebody said so
 * @param damaged it neither covers anything nor lies beneath anything but by hand
 * @param takenLocal by the file's word, in whole seconds
 * @param stems where its files lie, without their last extension
 * @param firstKey what decides among duplicates
 */
record Shot(
        UUID id,
        Sha256 sha256,
        Instant sortTime,
        boolean trashed,
        Optional<String> word,
        String mediaType,
        boolean damaged,
        Optional<String> livePhotoId,
        Optional<LocalDateTime> takenLocal,
        Optional<String> cameraModel,
        SortedSet<String> stems,
        String firstKey) {
    private static final Comparator<Shot> BY_KEY =
            Comparator.comparing(Shot::firstKey).thenComparing(Shot::id);
    private static final Comparator<Shot> BY_TIME =
            Comparator.comparing(Shot::sortTime).thenComparing(Shot::id);

    /** Beneath which item another one lies, and why. */
    record Beneath(UUID cover, StackKind kind) {}

    /** By the id of what lies beneath; everything else stands by itself. */
    static Map<UUID, Beneath> stacked(List<Shot> all) {
        Map<UUID, Beneath> stacked = new LinkedHashMap<>();
        for (boolean trashed : new boolean[] {false, true}) {
            List<Shot> some =
                    all.stream().filter(shot -> shot.trashed == trashed).toList();
            if (!trashed) {
                byHand(some, stacked);
            }
            List<Shot> whole = some.stream().filter(shot -> !shot.damaged).toList();
            live(whole, stacked);
            raw(whole, stacked);
        }
        return stacked;
    }

    private static void byHand(List<Shot> shots, Map<UUID, Beneath> stacked) {
        groups(shots, shot -> shot.word.filter(name -> !name.equals(EditsJson.ALONE)).stream())
                .forEach((name, group) -> {
                    Shot cover = group.stream()
                            .filter(shot -> shot.sha256.hex().equals(name))
                            .findFirst()
                            .orElseGet(() -> group.stream().min(BY_TIME).orElseThrow());
                    group.stream()
                            .filter(shot -> shot != cover)
                            .forEach(shot -> stacked.put(shot.id, new Beneath(cover.id, shot.kindBeneath(cover))));
                });
    }

    /** What would belong together anyway is that, also by a person's word. */
    private StackKind kindBeneath(Shot cover) {
        if (isFilm() && cover.isPicture() && livePhotoId.isPresent() && livePhotoId.equals(cover.livePhotoId)) {
            return StackKind.LIVE;
        }
        boolean besides = !Collections.disjoint(stems, cover.stems);
        return isRaw() && besides && isOfOneShotWith(cover) ? StackKind.RAW : StackKind.HAND;
    }

    /** Of several stills or films with one identifier, the first of each. */
    private static void live(List<Shot> shots, Map<UUID, Beneath> stacked) {
        groups(shots, shot -> shot.livePhotoId.stream()).values().forEach(group -> {
            Optional<Shot> still = group.stream()
                    .filter(Shot::isPicture)
                    .min(Comparator.comparing(Shot::isRaw).thenComparing(BY_KEY));
            Optional<Shot> film = group.stream().filter(Shot::isFilm).min(BY_KEY);
            if (still.isPresent() && film.isPresent()) {
                put(film.get(), still.get(), StackKind.LIVE, stacked);
            }
        });
    }

    private static void raw(List<Shot> shots, Map<UUID, Beneath> stacked) {
        groups(shots, shot -> shot.stems.stream())
                .values()
                .forEach(group -> group.stream()
                        .filter(Shot::isRaw)
                        .forEach(raw -> group.stream()
                                .filter(raw::isOfOneShotWith)
                                .min(BY_KEY)
                                .ifPresent(picture -> put(raw, picture, StackKind.RAW, stacked))));
    }

    /** A person's word on either wins, be it that it stands by itself or with others. */
    private static void put(Shot beneath, Shot cover, StackKind kind, Map<UUID, Beneath> stacked) {
        if (beneath.word.isEmpty() && !cover.word.equals(Optional.of(EditsJson.ALONE))) {
            stacked.putIfAbsent(beneath.id, new Beneath(cover.id, kind));
        }
    }

    private static Map<String, List<Shot>> groups(List<Shot> shots, Function<Shot, Stream<String>> names) {
        Map<String, List<Shot>> groups = new LinkedHashMap<>();
        TreeSet<String> all = shots.stream().flatMap(names).collect(Collectors.toCollection(TreeSet::new));
        all.forEach(name -> groups.put(
                name,
                shots.stream()
                        .filter(shot -> names.apply(shot).anyMatch(name::equals))
                        .toList()));
        return groups;
    }

    private boolean isFilm() {
        return MediaKind.of(mediaType) == MediaKind.VIDEO;
    }

    private boolean isPicture() {
        return MediaKind.of(mediaType) == MediaKind.IMAGE;
    }

    /** The raw formats of cameras have media types that no one has registered. */
    private boolean isRaw() {
        return mediaType.startsWith("image/x-");
    }

    /** Of a raw file, with the picture that was made of it. */
    private boolean isOfOneShotWith(Shot picture) {
        return picture.isPicture()
                && !picture.isRaw()
                && takenLocal.isPresent()
                && takenLocal.equals(picture.takenLocal)
                && cameraModel.equals(picture.cameraModel);
    }
}
