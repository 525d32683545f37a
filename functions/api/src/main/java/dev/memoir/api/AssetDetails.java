package dev.memoir.api;

import dev.memoir.catalog.Detection;
import dev.memoir.catalog.Library;
import dev.memoir.catalog.Library.HeldObject;
import dev.memoir.catalog.Library.Spoken;
import dev.memoir.catalog.Stack;
import dev.memoir.media.Label;
import dev.memoir.media.Rendition;
import dev.memoir.media.Sha256;
import dev.memoir.store.Keys;
import dev.memoir.store.MediaStore;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.GraphQLApi;
import org.eclipse.microprofile.graphql.NonNull;
import org.eclipse.microprofile.graphql.Source;

/** What is looked up only when it is asked for, for all assets of an answer at once. */
@GraphQLApi
@Answers
public class AssetDetails {
    private static final String LABELS = "labels";

    /** Addresses of renditions stay the same for a day, so that caches keep them. */
    static final Duration RENDITION = Duration.ofDays(1);

    private static final Duration ORIGINAL = Duration.ofMinutes(10);

    private final Library library;
    private final MediaStore store;
    private final Bearer bearer;

    public AssetDetails(Library library, MediaStore store, Bearer bearer) {
        this.library = library;
        this.store = store;
        this.bearer = bearer;
    }

    @NonNull
    @Description("Whether the caller may edit it, put it in the trash and have it looked at again.")
    public List<@NonNull Boolean> mayChange(@Source List<Asset> assets) {
        Set<UUID> changeable = library.changeable(
                bearer.caller(), assets.stream().map(Asset::item).toList());
        return each(assets, asset -> changeable.contains(asset.item().id()));
    }

    @NonNull
    @Description("The bucket's keys and versions that hold it, or held it, newest first.")
    public List<@NonNull List<@NonNull StoredVersion>> objects(@Source List<Asset> assets) {
        Map<Sha256, List<HeldObject>> objects = library.objects(bearer.caller(), hashes(assets));
        return each(
                assets,
                asset -> found(objects, asset).stream().map(StoredVersion::new).toList());
    }

    @NonNull
    @Description("What the models see in it, by their words and by broader ones, the most certain first.")
    public List<@NonNull List<@NonNull Seen>> labels(@Source List<Asset> assets) {
        Map<Sha256, List<Spoken>> analyses = library.analyses(bearer.caller(), hashes(assets));
        return each(
                assets,
                asset -> Label.together(
                                found(analyses, asset).stream().flatMap(spoken -> spoken.analysis().labels().stream()))
                        .stream()
                        .map(label -> new Seen(label.name(), label.confidence()))
                        .toList());
    }

    @NonNull
    @Description("Things that are seen in it, and where, the most certain first.")
    public List<@NonNull List<@NonNull DetectionView>> detections(@Source List<Asset> assets) {
        Map<Sha256, List<Spoken>> analyses = library.analyses(bearer.caller(), hashes(assets));
        return each(
                assets,
                asset -> found(analyses, asset).stream()
                        .flatMap(spoken -> spoken.analysis().detections().stream())
                        .sorted(Comparator.comparingDouble(Detection::confidence)
                                .reversed())
                        .map(DetectionView::new)
                        .toList());
    }

    @NonNull
    @Description("Which models have looked at it.")
    public List<@NonNull List<@NonNull Look>> analyses(@Source List<Asset> assets) {
        Map<Sha256, List<Spoken>> analyses = library.analyses(bearer.caller(), hashes(assets));
        return each(
                assets, asset -> found(analyses, asset).stream().map(Look::new).toList());
    }

    @Description("When its labels were found.")
    public List<Optional<Instant>> labelledAt(@Source List<Asset> assets) {
        Map<Sha256, List<Spoken>> analyses = library.analyses(bearer.caller(), hashes(assets));
        return each(
                assets,
                asset -> found(analyses, asset).stream()
                        .filter(spoken -> spoken.analysis().task().equals(LABELS))
                        .map(Spoken::at)
                        .max(Comparator.naturalOrder()));
    }

    @Description("The stack that it is in, be it as its cover; null when it stands by itself.")
    public List<Optional<StackView>> stack(@Source List<Asset> assets) {
        Map<UUID, Stack> stacks = library.stacks(
                bearer.caller(), assets.stream().map(asset -> asset.item().id()).toList());
        return each(
                assets,
                asset -> Optional.ofNullable(stacks.get(asset.item().id())).map(StackView::new));
    }

    @Description("Every tag that could be read from the file, as JSON: directory, tag, value.")
    public Optional<String> rawTags(@Source Asset asset) {
        return library.rawTags(bearer.caller(), asset.item().sha256());
    }

    @Description("An address of the original that is good for some minutes.")
    public List<Optional<String>> original(@Source List<Asset> assets) {
        Map<Sha256, List<HeldObject>> objects = library.objects(bearer.caller(), hashes(assets));
        return each(
                assets,
                asset -> found(objects, asset).stream()
                        .filter(HeldObject::current)
                        .findFirst()
                        .map(object -> store.signedRead(object.bucket(), object.key(), object.versionId(), ORIGINAL)
                                .toString()));
    }

    @Description("An address of the preview, at most 1440 pixels; the same for a day.")
    public Optional<String> preview(@Source Asset asset) {
        return rendition(asset, Rendition.PREVIEW);
    }

    @Description("An address of the thumbnail, at most 250 pixels; the same for a day.")
    public Optional<String> thumbnail(@Source Asset asset) {
        return rendition(asset, Rendition.THUMBNAIL);
    }

    private Optional<String> rendition(Asset asset, Rendition rendition) {
        if (!asset.item().renditions().contains(rendition)) {
            return Optional.empty();
        }
        String key = Keys.rendition(asset.item().sha256(), rendition);
        return Optional.of(store.signedRead(store.config().derived(), key, Optional.empty(), RENDITION)
                .toString());
    }

    private static Set<Sha256> hashes(List<Asset> assets) {
        return assets.stream().map(asset -> asset.item().sha256()).collect(Collectors.toSet());
    }

    private static <T> List<T> found(Map<Sha256, List<T>> all, Asset asset) {
        return all.getOrDefault(asset.item().sha256(), List.of());
    }

    private static <T> List<T> each(List<Asset> assets, Function<Asset, T> answer) {
        return assets.stream().map(answer).toList();
    }
}
